// Many contacts at once, written as the application itself would be bound: by its role, in its
// company, past no trigger and no index.
const first = 'Ana Bruno Carla Diego Elaine Fábio Gabriela Heitor Íris João Karina Luís Mariana Nélson Olívia Paulo Quitéria Rafael Sônia Tiago'.split(' ');
const last = 'Almeida Barbosa Cardoso Dias Esteves Ferreira Gonçalves Henriques Iglesias Jardim Klein Lopes Moraes Nogueira Oliveira Pereira Queiroz Ribeiro Santos Teixeira'.split(' ');
const cities = 'Santos Campinas Recife Olinda Manaus Curitiba Salvador Natal'.split(' ');
const array = (words) => `array[${words.map((word) => `'${word}'`).join(',')}]`;

/** SQL of the id of the contact with this number, for those who ask by number; one company only. */
export const idOfNumber = (n) => `('01900000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

export function seed(ponte, { tenant, user }, count, { isNumbered = false } = {}) {
  const step = 50_000;
  const from = Number(ponte.sql(`select count(*) from contacts where tenant_id = '${tenant}'`) || 0);
  for (let begin = 0; begin < count; begin += step) {
    const end = Math.min(begin + step, count);
    ponte.sql(`begin;
      select set_config('app.tenant', '${tenant}', true);
      set local role ponte_app;
      insert into contacts (${isNumbered ? 'id, ' : ''}created_by, created_at, updated_at, name, email, phone, company, status, city)
      select ${isNumbered ? `${idOfNumber('n')}, ` : ''}'${user}', t, t,
             (${array(first)})[1 + n % 20] || ' ' || (${array(last)})[1 + n / 20 % 20] || ' ' || (${array(last)})[1 + n / 400 % 20],
             'p' || n || '@cliente' || n % 997 || '.com.br', '+55' || 11 + n % 8 * 10 || 900000000 + n,
             'Empresa ' || n % 5003, (array['active','active','active','prospect','inactive'])[1 + n % 5],
             (${array(cities)})[1 + n % 8]
      from (select n, now() - n * interval '1 second' as t from generate_series(${begin + 1}, ${end}) n) x;
      commit;`);
  }
  ponte.sql('vacuum analyze contacts; vacuum analyze contact_points; vacuum analyze tallies; checkpoint');
  return from;
}

export function idsOf(ponte, { tenant }, most) {
  return ponte
    .sql(`begin; set local ponte.maintenance = 'on';
          select id from contacts where tenant_id = '${tenant}' order by md5(id::text) limit ${most}; commit`)
    .split('\n');
}
