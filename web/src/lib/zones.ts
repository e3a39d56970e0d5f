/** The zones of Brazil under the names that people know; the rest of the world follows. */
const BRAZILIAN: [zone: string, name: string][] = [
  ['America/Sao_Paulo', 'Brasília'],
  ['America/Manaus', 'Manaus'],
  ['America/Cuiaba', 'Cuiabá'],
  ['America/Campo_Grande', 'Campo Grande'],
  ['America/Belem', 'Belém'],
  ['America/Fortaleza', 'Fortaleza'],
  ['America/Recife', 'Recife'],
  ['America/Bahia', 'Salvador'],
  ['America/Porto_Velho', 'Porto Velho'],
  ['America/Boa_Vista', 'Boa Vista'],
  ['America/Rio_Branco', 'Rio Branco'],
  ['America/Noronha', 'Fernando de Noronha'],
];

/** GMT−3, as it is on that day. */
function offset(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts(at);
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace('-', '−');
}

/** What a select offers: the company's zone is always among it, Brazil comes first. */
export function timeZones(chosen: string, at = new Date()): { value: string; label: string }[] {
  const known = new Set(BRAZILIAN.map(([zone]) => zone));
  const others = new Set([chosen, ...Intl.supportedValuesOf('timeZone')]);
  const world = [...others]
    .filter((zone) => zone && !known.has(zone))
    .sort()
    .map((zone): [string, string] => [zone, zone.replaceAll('_', ' ')]);
  return [...BRAZILIAN, ...world].map(([value, name]) => ({
    value,
    label: `${name} (${offset(value, at)})`,
  }));
}
