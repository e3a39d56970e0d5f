import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '@/ui/EmptyState';
import type { entityWords } from './words';

interface EmptyListProps {
  icon: Icon;
  words: ReturnType<typeof entityWords>;
  create?: () => void;
  /** Where a spreadsheet is brought in. */
  bring?: string;
}

/** There has never been one: what begins. */
export function EmptyList({ icon: Picture, words, create, bring }: EmptyListProps) {
  return (
    <EmptyState
      icon={<Picture size={24} stroke={1.7} />}
      title={words.empty}
      action={
        create && (
          <>
            <Button onClick={create}>{words.create}</Button>
            {bring && (
              <Button
                variant="default"
                renderRoot={(props: object) => <Link to={bring} {...props} />}
              >
                {words.bring}
              </Button>
            )}
          </>
        )
      }
    >
      {words.emptyText}
    </EmptyState>
  );
}
