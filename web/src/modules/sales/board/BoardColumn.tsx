import { Draggable, Droppable } from '@hello-pangea/dnd';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { num } from '@/lib/format';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { ErrorState } from '@/ui/ErrorState';
import { IconBtn } from '@/ui/IconBtn';
import styles from './Board.module.css';
import { BoardCard } from './BoardCard';
import { short } from './money';
import { columnQuery, OPPORTUNITY, type Opportunity, type Question, type Stage } from './queries';
import type { ColumnTotal } from './totals';

interface BoardColumnProps {
  stage: Stage;
  stages: Stage[];
  question: Question;
  total: ColumnTotal;
  onMove: (card: Opportunity, to: Stage) => void;
  /** Absent: nobody makes one here. */
  onNew?: (stage: Stage) => void;
}

/** A stage: how many stand there and what they come to, by the database; its cards as one scrolls. */
export function BoardColumn(props: BoardColumnProps) {
  const { stage, stages, question, total, onMove, onNew } = props;
  const { t } = useTranslation();
  const { cards, more, query } = useCards(stage, question);
  const others = useMemo(() => stages.filter(({ id }) => id !== stage.id), [stages, stage.id]);
  return (
    <section className={styles.column} aria-label={stage.name}>
      <header className={styles.head}>
        <span className={styles.dot} data-hue={stage.color} />
        <h2 className={styles.name} title={stage.name}>
          {stage.name}
        </h2>
        <span className={styles.count}>{num(total.count)}</span>
        <span className={styles.sum}>{total.total > 0 && short(total.total)}</span>
        {onNew && (
          <IconBtn
            label={t('sales.board.newIn', { stage: stage.name })}
            className={styles.add}
            onClick={() => onNew(stage)}
          >
            <IconPlus size={16} stroke={1.8} />
          </IconBtn>
        )}
      </header>
      <Droppable droppableId={stage.id}>
        {(list, { isDraggingOver }) => (
          <ul
            ref={list.innerRef}
            {...list.droppableProps}
            className={styles.cards}
            data-over={isDraggingOver || undefined}
          >
            {cards.map((card, index) => (
              <CardItem key={card.id} {...{ card, index, others, onMove }} />
            ))}
            {list.placeholder}
            {query.isError && <ErrorState error={query.error} subject={stage.name} />}
            <li ref={more} aria-hidden className={styles.more} />
          </ul>
        )}
      </Droppable>
    </section>
  );
}

interface CardItemProps {
  card: Opportunity;
  index: number;
  others: Stage[];
  onMove: (card: Opportunity, to: Stage) => void;
}

const NOWHERE: Stage[] = [];

function CardItem({ card, index, others, onMove }: CardItemProps) {
  const may = useCan();
  const small = useSmallScreen();
  const movable = may(OPPORTUNITY.name, 'update', card);
  return (
    <Draggable draggableId={card.id} index={index} isDragDisabled={small || !movable}>
      {(item, { isDragging }) => (
        <li
          ref={item.innerRef}
          {...item.draggableProps}
          {...item.dragHandleProps}
          // It stays an item of the list: in a button its link and its menu would not be heard.
          role={undefined}
          aria-label={card.title}
          className={styles.card}
          data-dragging={isDragging || undefined}
        >
          <BoardCard card={card} others={movable ? others : NOWHERE} onMove={onMove} />
        </li>
      )}
    </Draggable>
  );
}

/** More of them before the end comes into sight. */
function useCards(stage: Stage, question: Question) {
  const query = useInfiniteQuery(columnQuery(stage.id, question));
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const more = useRef<HTMLLIElement>(null);
  const cards = useMemo(() => {
    const all = data?.pages.flatMap((page) => page.data) ?? [];
    // Moved away by somebody else a moment ago; twice while pages shift under each other.
    const here = all.filter(({ stageId }) => stageId === stage.id);
    return [...new Map(here.map((card) => [card.id, card])).values()];
  }, [data, stage.id]);
  useEffect(() => {
    const end = more.current;
    if (!end || !hasNextPage || isFetching) return;
    const watch = new IntersectionObserver(
      ([seen]) => seen?.isIntersecting && void fetchNextPage(),
      { rootMargin: '600px' },
    );
    watch.observe(end);
    return () => watch.disconnect();
  }, [hasNextPage, isFetching, fetchNextPage, cards.length]);
  return { cards, more, query };
}
