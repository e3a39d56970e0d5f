export const MAIL: string = '/config/email';
export const OUTBOX: string = '/config/caixa-de-saida';
