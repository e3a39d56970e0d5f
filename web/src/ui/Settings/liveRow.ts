interface Pages<T> {
  data?: { pages: { data: T[] }[] };
}

/** The row as it stands now: a dialog over it hears what others change. */
export const liveRow = <T extends { id: string }>({ data }: Pages<T>, row: T): T =>
  data?.pages.flatMap((page) => page.data).find(({ id }) => id === row.id) ?? row;
