import { useMediaQuery } from '@mantine/hooks';

// There is no server rendering: the first paint can already know, and nothing jumps.
const atOnce = { getInitialValueInEffect: false };

/** A phone: top bar and tabs instead of the sidebar, icons instead of words. */
export const useSmallScreen = (): boolean =>
  useMediaQuery('(max-width: 760px)', false, atOnce) ?? false;

/** Too narrow for the open sidebar beside a table. */
export const useNarrowScreen = (): boolean =>
  useMediaQuery('(max-width: 1279px)', false, atOnce) ?? false;
