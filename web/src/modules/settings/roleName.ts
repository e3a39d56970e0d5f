import { fold } from '@/lib/fold';

const LONGEST = 40;

/** The word by which programs know a role: "Pós-venda" → pos_venda, and pos_venda_2 if it is taken. */
export function roleName(label: string, taken: string[]): string {
  const plain = fold(label)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  const base = (plain.length < 2 ? `role_${plain}`.replace(/_+$/, '') : plain).slice(
    0,
    LONGEST - 4,
  );
  let name = base;
  for (let count = 2; taken.includes(name); count += 1) name = `${base}_${count}`;
  return name;
}
