/** 1 2 3 … 20 around where one is: the first, the last, and the neighbours. */
export function pagesAround(page: number, last: number): (number | '…')[] {
  const wanted = [1, last, page - 1, page, page + 1];
  if (page <= 3) wanted.push(2, 3, 4);
  if (page >= last - 2) wanted.push(last - 3, last - 2, last - 1);
  const pages = [...new Set(wanted)].filter((one) => one >= 1 && one <= last).sort((a, b) => a - b);
  return pages.flatMap((one, index) => {
    const gap = index > 0 ? one - pages[index - 1]! : 1;
    if (gap === 2) return [one - 1, one];
    return gap > 2 ? ['…' as const, one] : [one];
  });
}
