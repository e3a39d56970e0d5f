import { useState } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  /** Not only what is on the page: everything that the search and the filters find. */
  everything: boolean;
  has: (id: string) => boolean;
  toggle: (id: string, range?: boolean) => void;
  togglePage: () => void;
  selectEverything: () => void;
  clear: () => void;
  page: 'none' | 'some' | 'all';
}

interface State {
  ids: ReadonlySet<string>;
  everything: boolean;
  anchor: string | null;
  scope: string;
}

const NONE: ReadonlySet<string> = new Set();

/** Chosen rows. Another search or filter (`scope`) starts anew; another page does not. */
export function useSelection(pageIds: string[], scope: string): Selection {
  const [state, setState] = useState<State>({ ids: NONE, everything: false, anchor: null, scope });
  const current =
    state.scope === scope ? state : { ids: NONE, everything: false, anchor: null, scope };
  const { ids, everything, anchor } = current;
  const has = (id: string) => everything || ids.has(id);
  const chosen = pageIds.filter(has).length;
  const page = chosen === 0 ? 'none' : chosen === pageIds.length ? 'all' : 'some';

  const toggle = (id: string, range = false) => {
    // Taking one out of everything leaves what can be seen of it.
    const next = new Set(everything ? pageIds : ids);
    const on = !has(id);
    const from = anchor === null ? -1 : pageIds.indexOf(anchor);
    const to = pageIds.indexOf(id);
    const between = range && from >= 0 && to >= 0;
    const touched = between ? pageIds.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    for (const one of touched) {
      if (between || on) next.add(one);
      else next.delete(one);
    }
    setState({ ids: next, everything: false, anchor: id, scope });
  };
  const togglePage = () => {
    const next = new Set(everything ? NONE : ids);
    for (const id of pageIds) {
      if (page === 'all') next.delete(id);
      else next.add(id);
    }
    setState({ ids: next, everything: false, anchor: null, scope });
  };
  return {
    ids,
    everything,
    has,
    page,
    toggle,
    togglePage,
    selectEverything: () => setState({ ids, everything: true, anchor: null, scope }),
    clear: () => setState({ ids: NONE, everything: false, anchor: null, scope }),
  };
}
