import type { DragStart, DragUpdate, DropResult, ResponderProvided } from '@hello-pangea/dnd';
import { useTranslation } from 'react-i18next';
import type { Stage } from './queries';

/** What is read aloud while a card is carried by the keyboard. */
export function useAnnounce(stages: Stage[]) {
  const { t } = useTranslation();
  const nameOf = (id: string | undefined) => stages.find((one) => one.id === id)?.name;
  return {
    onDragStart: (_: DragStart, { announce }: ResponderProvided) =>
      announce(t('sales.board.lifted')),
    onDragUpdate: ({ destination }: DragUpdate, { announce }: ResponderProvided) => {
      const stage = nameOf(destination?.droppableId);
      announce(stage ? t('sales.board.over', { stage }) : t('sales.board.nowhere'));
    },
    onDragEnd: ({ destination }: DropResult, { announce }: ResponderProvided) => {
      const stage = nameOf(destination?.droppableId);
      announce(stage ? t('sales.board.dropped', { stage }) : t('sales.board.nowhere'));
    },
  };
}
