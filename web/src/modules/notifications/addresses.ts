export const CHOICES: string = '/config/notificacoes';
