import type { Icon } from '@tabler/icons-react';
import type { UseQueryOptions } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { Target } from '@/lib/addresses';
import type { Hue } from '@/lib/hues';
import type { Holder } from '@/lib/permissions';

/** A question to the server, whatever it answers, and what is read of the answer. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Asked<T> = UseQueryOptions<any, Error, T, any>;

interface Part {
  key: string;
  /** The server refuses nobody for whom it is. */
  isFor: (user: Holder) => boolean;
}

/** A number of the company, and the list of what it counts. */
export interface Reading {
  count: number;
  /** How many they were in the span before this one. */
  before?: number;
  /** How they came in, one span after the other. */
  trend?: number[];
  /** What its label says of it: of how many days. */
  words?: Record<string, number>;
}
export interface Figure extends Part {
  label: string;
  hue?: Hue;
  to: Target;
  asked: () => Asked<Reading>;
}

/** What somebody should look at; nothing is said of it while there is none. */
export interface Waiting {
  count: number;
  to: Target;
}
export interface Wait extends Part {
  icon: Icon;
  /** Counted: "2 propostas venceram". */
  label: string;
  hue: Hue;
  asked: (user: Holder) => Asked<Waiting>;
}

/** What a new company does first; done as soon as its data say so. */
export interface Step extends Part {
  /** Which comes first, of all modules. */
  order: number;
  icon: Icon;
  label: string;
  text: string;
  to: string;
  asked: () => Asked<boolean>;
}

/** A list of a few, below the numbers. */
export interface Card extends Part {
  Card: ComponentType;
}

/** What a capability says on the start page. */
export interface HomeParts {
  figures?: Figure[];
  waits?: Wait[];
  steps?: Step[];
  cards?: Card[];
}
