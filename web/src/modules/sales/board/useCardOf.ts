import { useQueryClient } from '@tanstack/react-query';
import { columnQuery, type Question } from './queries';

/** A card that is shown, by its column. */
export function useCardOf(question: Question) {
  const client = useQueryClient();
  return (stageId: string, id: string) =>
    client
      .getQueryData(columnQuery(stageId, question).queryKey)
      ?.pages.flatMap((page) => page.data)
      .find((card) => card.id === id);
}
