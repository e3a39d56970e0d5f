import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { getRecord, updateRecord, type RecordPage } from '@/api/records';
import { toast } from '@/ui/toast';
import { columnQuery, OPPORTUNITY, totalsQuery } from './queries';
import type { Opportunity, Question, Stage } from './queries';
import { withMove } from './totals';

type Cards = InfiniteData<RecordPage<Opportunity>, string | undefined>;
type Values = Record<string, unknown>;

const without = (cards: Cards | undefined, id: string) =>
  cards && {
    ...cards,
    pages: cards.pages.map((page) => ({ ...page, data: page.data.filter((row) => row.id !== id) })),
  };

const withFirst = (cards: Cards | undefined, card: Opportunity) =>
  cards && {
    ...cards,
    pages: cards.pages.map((page, index) =>
      index === 0 ? { ...page, data: [card, ...page.data] } : page,
    ),
  };

/** What a move writes over, so that it can be taken back whole. */
const asItWas = (card: Opportunity, values: Values): Values => ({
  ...Object.fromEntries(Object.keys(values).map((key) => [key, card[key]])),
  ...{ stageId: card.stageId, probability: card.probability },
  ...(card.status === 'lost' ? { lostReasonId: card.lostReasonId, lostNote: card.lostNote } : {}),
});

/** Puts a card into another column: at once here, then for all; what was refused comes back. */
export function useMove(question: Question, stages: Stage[]) {
  const client = useQueryClient();
  const { t } = useTranslation();

  const show = (card: Opportunity, from: string | null | undefined, to: Stage) => {
    const moved: Opportunity = {
      ...card,
      ...{ stageId: to.id, status: to.outcome, stageEnteredAt: new Date().toISOString() },
      stageDueOn: null,
    };
    const { queryKey } = columnQuery(from ?? '', question);
    client.setQueryData<Cards>(queryKey, (cards) => without(cards, card.id));
    client.setQueryData<Cards>(columnQuery(to.id, question).queryKey, (cards) =>
      withFirst(without(cards, card.id), moved),
    );
    client.setQueryData(totalsQuery(question).queryKey, (counts) =>
      withMove(counts, card, from ?? undefined, to),
    );
  };
  const refresh = (id: string) =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.lists(OPPORTUNITY.name) }),
      client.invalidateQueries({ queryKey: keys.stats(OPPORTUNITY.name) }),
      client.invalidateQueries({ queryKey: keys.detail(OPPORTUNITY.name, id) }),
      client.invalidateQueries({ queryKey: keys.timeline(id) }),
    ]);
  const write = async (card: Opportunity, values: Values) => {
    try {
      return await updateRecord<Opportunity>(OPPORTUNITY, card.id, values, card.version);
    } catch (error) {
      if (asApiError(error).status !== 412) throw error;
      // Somebody else wrote meanwhile: it goes on unless it was they who moved it.
      const fresh = await getRecord<Opportunity>(OPPORTUNITY, card.id);
      if (fresh.stageId !== card.stageId) {
        throw t('sales.board.movedBefore', { title: card.title, stage: fresh.stage?.title });
      }
      return updateRecord<Opportunity>(OPPORTUNITY, card.id, values, fresh.version);
    }
  };

  const undo = async (card: Opportunity, saved: Opportunity, values: Values) => {
    const back = stages.find(({ id }) => id === card.stageId);
    if (back) show(saved, saved.stageId, back);
    try {
      await write(saved, asItWas(card, values));
    } catch (error) {
      toast.fail(error);
    }
    await refresh(card.id);
  };

  /** Throws what the server refuses; the cards are where they were then. */
  return async (card: Opportunity, to: Stage, values: Values = {}) => {
    await client.cancelQueries({ queryKey: keys.lists(OPPORTUNITY.name) });
    show(card, card.stageId, to);
    try {
      const saved = await write(card, { ...values, stageId: to.id });
      toast.done(t('sales.board.moved', { title: card.title, stage: to.name }), {
        undo: () => void undo(card, saved, values),
      });
    } finally {
      await refresh(card.id);
    }
  };
}
