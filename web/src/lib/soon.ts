import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

export type Soon<Props> = LazyExoticComponent<ComponentType<Props>> & {
  /** Before it is shown: the page that is left stays until the next one is there. */
  fetch: () => Promise<unknown>;
};

/** A part of the product that travels by itself, when somebody wants it. */
export function soon<Props>(load: () => Promise<ComponentType<Props>>): Soon<Props> {
  return Object.assign(
    lazy(async () => ({ default: await load() })),
    { fetch: load },
  );
}
