import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { keys } from '@/api/keys';
import { listPage, recordCounts, type RecordRow } from '@/api/records';
import type { Schema } from '@/api/types';
import type { FilterNode } from '@/ui/FilterBar/filter';

export type Pipeline = Schema<'Pipeline'> & RecordRow;
export type Stage = Schema<'Stage'> & RecordRow;
export type Opportunity = Schema<'Opportunity'> & RecordRow;

export const OPPORTUNITY = { name: 'opportunity', plural: 'opportunities' };
const PIPELINE = { name: 'pipeline', plural: 'pipelines' };
const STAGE = { name: 'stage', plural: 'stages' };

/** What is closed leaves the board after so many days; the list keeps all of it. */
export const CLOSED_DAYS = 30;
const CARDS = 50;
const MOST = 100;
const SUMS = 'total,weighted,timeToClose';

/** What a board shows of a pipeline. */
export interface Question {
  filter: FilterNode;
  search?: string;
}

export const pipelinesQuery = queryOptions({
  queryKey: keys.list(PIPELINE.name, { board: true }),
  queryFn: ({ signal }) =>
    listPage<Pipeline>(PIPELINE, { limit: MOST, sortBy: 'createdAt', sortOrder: 'asc' }, signal),
});

export const stagesQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: keys.list(STAGE.name, { board: pipelineId }),
    queryFn: ({ signal }) =>
      listPage<Stage>(
        STAGE,
        { limit: MOST, sortBy: 'position', sortOrder: 'asc', short: { pipelineId } },
        signal,
      ),
    enabled: pipelineId !== '',
  });

export function questionOf(pipelineId: string, filter?: FilterNode, search?: string): Question {
  const shown: FilterNode = {
    or: [
      { field: 'status', op: 'is', value: 'open' },
      { field: 'closedAt', op: 'last_days', value: CLOSED_DAYS },
    ],
  };
  const of = { field: 'pipelineId', op: 'is', value: pipelineId };
  return { filter: { and: [of, shown, ...(filter ? [filter] : [])] }, search };
}

/** The cards of a column, who came last first; more of them as one scrolls. */
export function columnQuery(stageId: string, { filter, search }: Question) {
  const asked = {
    ...{ search, limit: CARDS, sortBy: 'stageEnteredAt', sortOrder: 'desc' as const },
    filter: { and: [{ field: 'stageId', op: 'is', value: stageId }, filter] },
  };
  return infiniteQueryOptions({
    queryKey: keys.list(OPPORTUNITY.name, { column: true, ...asked }),
    queryFn: ({ pageParam, signal }) =>
      listPage<Opportunity>(OPPORTUNITY, { ...asked, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pagination }) => pagination.nextCursor ?? undefined,
  });
}

/** How many stand where, and what they come to: of all of them, loaded or not. */
export const totalsQuery = ({ filter, search }: Question) =>
  recordCounts(OPPORTUNITY, filter, { by: 'stageId', sum: SUMS, search });
