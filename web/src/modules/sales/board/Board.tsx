import { DragDropContext, type DropResult } from '@hello-pangea/dnd';
import { IconLayoutKanban } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import type { BoardProps } from '@/ui/screens';
import { toast } from '@/ui/toast';
import styles from './Board.module.css';
import { BoardColumn } from './BoardColumn';
import { BoardSums } from './BoardSums';
import { MoveDialog, type Asked } from './MoveDialog';
import { PipelinePicker } from './PipelinePicker';
import { questionOf, stagesQuery, totalsQuery } from './queries';
import type { Opportunity, Question, Stage } from './queries';
import { fieldsAsked } from './standing';
import { sumsOf, totalOf } from './totals';
import { useAnnounce } from './useAnnounce';
import { useCardOf } from './useCardOf';
import { useMove } from './useMove';
import { usePipeline } from './usePipeline';

/** The pipeline as columns: what stands where, what it comes to, and what is to be done about it. */
export function Board({ entity, search, onSearch, onNew }: BoardProps) {
  const { t } = useTranslation();
  const { pipelines, pipeline, error } = usePipeline(search.of);
  const id = pipeline?.id ?? '';
  const stages = useQuery(stagesQuery(id));
  const question = useMemo(
    () => questionOf(id, search.filter, search.q),
    [id, search.filter, search.q],
  );
  const failure = error ?? stages.error;
  if (failure) return <ErrorState error={failure} subject={t('sales.opportunity.subject')} />;
  if (!pipelines || !stages.data) return null;
  if (stages.data.data.length === 0) {
    return (
      <EmptyState
        icon={<IconLayoutKanban size={24} stroke={1.7} />}
        title={t('sales.board.noStages')}
      >
        {t('sales.board.noStagesText')}
      </EmptyState>
    );
  }
  return (
    <Columns
      {...{ entity, question, onNew }}
      stages={stages.data.data}
      picker={<PipelinePicker {...{ pipelines }} value={id} onPick={(of) => onSearch({ of })} />}
    />
  );
}

interface ColumnsProps {
  entity: MetaEntity;
  question: Question;
  stages: Stage[];
  picker: ReactNode;
  onNew: BoardProps['onNew'];
}

function Columns({ entity, question, stages, picker, onNew }: ColumnsProps) {
  const { t } = useTranslation();
  const totals = useQuery(totalsQuery(question)).data;
  const { asked, ask, drop, close, run } = useDrops(entity, question, stages);
  const announce = useAnnounce(stages);
  const begin = onNew && (({ id, pipelineId }: Stage) => onNew({ stageId: id, pipelineId }));
  return (
    <>
      <div className={styles.line}>
        {picker}
        <BoardSums sums={sumsOf(totals, stages)} />
      </div>
      <DragDropContext
        {...announce}
        onDragEnd={(result, provided) => {
          announce.onDragEnd(result, provided);
          drop(result);
        }}
        dragHandleUsageInstructions={t('sales.board.instructions')}
      >
        <div className={styles.board} data-board>
          {stages.map((stage) => (
            <BoardColumn
              key={stage.id}
              {...{ stage, stages, question }}
              onNew={begin}
              total={totalOf(totals, stage.id)}
              onMove={ask}
            />
          ))}
        </div>
      </DragDropContext>
      {asked && <MoveDialog asked={asked} run={run} onClose={close} />}
    </>
  );
}

/** What becomes of a card that is put down: asked about where its new stage wants to know more. */
function useDrops(entity: MetaEntity, question: Question, stages: Stage[]) {
  const [asked, setAsked] = useState<Asked>();
  const move = useMove(question, stages);
  const cardOf = useCardOf(question);
  const ask = (card: Opportunity, to: Stage) => {
    const fields = fieldsAsked(entity, to, card);
    if (fields.length > 0) setAsked({ card, to, fields });
    else move(card, to).catch((error: unknown) => toast.fail(error));
  };
  const drop = ({ source, destination, draggableId }: DropResult) => {
    if (!destination || destination.droppableId === source.droppableId) return;
    const card = cardOf(source.droppableId, draggableId);
    const to = stages.find(({ id }) => id === destination.droppableId);
    if (card && to) ask(card, to);
  };
  return { asked, ask, drop, run: move, close: () => setAsked(undefined) };
}
