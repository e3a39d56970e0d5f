export const CUSTOMERS = '/clientes';

export const customerAt = (id: string): string => `${CUSTOMERS}/${id}`;
