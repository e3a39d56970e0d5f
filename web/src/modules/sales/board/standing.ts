import type { MetaAction, MetaEntity, MetaField } from '@/api/types';
import { fieldsOf, valueOf } from '@/api/records';
import { isoDay } from '@/lib/format';
import { isEmpty } from '@/ui/Edit/values';
import type { Opportunity, Stage } from './queries';

const DAY_MS = 86_400_000;

export const daysInStage = ({ stageEnteredAt }: Opportunity, now = Date.now()): number =>
  stageEnteredAt ? Math.max(0, Math.floor((now - Date.parse(stageEnteredAt)) / DAY_MS)) : 0;

/** Its days in the stage are over. */
export const isStuck = ({ status, stageDueOn }: Opportunity, today = isoDay(new Date())): boolean =>
  status === 'open' && Boolean(stageDueOn) && stageDueOn! < today;

export const isLate = ({ status, nextStepOn }: Opportunity, today = isoDay(new Date())): boolean =>
  status === 'open' && Boolean(nextStepOn) && nextStepOn! < today;

const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** What a stage asks for; the parts of a record are not known to a card, the server looks at them. */
function wantedBy({ requiredFields, outcome }: Stage, card: Opportunity): string[] {
  const missing = (requiredFields ?? [])
    .map(camel)
    .filter((key) => key !== 'items' && isEmpty(valueOf(card, key)));
  if (outcome === 'won') return [...new Set(['value', ...missing])];
  if (outcome === 'lost') return [...new Set(['lostReasonId', 'lostNote', ...missing])];
  return missing;
}

/** What is asked before a card is put down there: in Ganho the value, in Perdido the reason. */
export function fieldsAsked(entity: MetaEntity, stage: Stage, card: Opportunity): MetaField[] {
  const wanted = wantedBy(stage, card);
  return fieldsOf(entity)
    .filter(({ key }) => wanted.includes(key))
    .map((field) => ({
      ...field,
      required: field.key !== 'lostNote' && field.key !== 'value',
      default: field.key === 'value' ? card.value : field.default,
    }));
}

/** As a dialog asks for it. */
export const actionOf = (label: string, fields: MetaField[]): MetaAction => ({
  ...{ name: 'move', label, fields, quiet: false },
  ...{ reach: 'all', when: null },
});
