import type { Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ComponentType, FocusEvent, KeyboardEvent, ReactNode } from 'react';
import type { MetaField } from '@/api/types';
import type { Soon } from '@/lib/soon';

/** What is wrong with a value: the server's codes, so that both say the same words. */
export interface Problem {
  code: string;
  params?: Record<string, unknown>;
}

export interface Words {
  t: TFunction;
  /** What a linked record is called. */
  titleOf: (id: unknown) => string | undefined;
}

export interface ShownProps {
  field: MetaField;
  value: unknown;
  /** The record that the value is of. */
  of?: object;
  /** On a record's page: addresses are links and tags all there. In a table a click means the cell. */
  linked?: boolean;
}

/** What every input takes, whatever is typed into it. */
export interface SharedProps {
  label?: ReactNode;
  'aria-label'?: string;
  className?: string;
  withAsterisk?: boolean;
  autoFocus?: boolean;
  'data-autofocus'?: boolean;
  error?: ReactNode;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

export interface TypeInputProps {
  field: MetaField;
  shared: SharedProps;
  value: unknown;
  onChange: (value: unknown) => void;
  /** In a cell or beside its label. */
  bare?: boolean;
  /** The edit begins in it: a list to choose from is open at once. */
  opened?: boolean;
  /** In a popover, which would close at a click outside of it. */
  inside?: boolean;
  /** The record as it was read: what it says of what it points to. */
  of?: object;
  /** What is wrong with the values in it, by their places. */
  errors?: Record<string, string>;
}

export interface ChangeProps {
  field: MetaField;
  from: unknown;
  to: unknown;
}

/** Everything that the web knows of a type of field. One file each; nobody else asks for its name. */
export interface FieldType {
  icon: Icon;
  /** Of its column at first, in pixels. */
  width?: number;
  align?: 'end';
  /** In forms over the whole width. */
  wide?: boolean;
  /** The value is a list. */
  several?: boolean;
  /** The value is a list of parts with fields of their own: a table, which needs a block for itself. */
  composed?: boolean;
  /** What is written in it can name a record that has no other title. */
  names?: boolean;
  /** Its list knows what was typed of it: new ones may be made on the way. */
  makes?: boolean;
  /** One choice is the whole edit; nobody presses Enter behind it. */
  atOnce?: boolean;
  /** Enter begins a new line. */
  multiline?: boolean;
  /** The value is the id of a record of the field's target. */
  points?: boolean;
  /** It points to one of the people who work here. */
  isPerson?: boolean;
  /** It goes in and never comes out: no file holds it, and nothing is asked of it. */
  sealed?: boolean;
  /** It is a file: no cell of a spreadsheet holds one. */
  filed?: boolean;
  /** Nobody reads it. */
  hidden?: boolean;
  /** In plain words: for history, toasts and titles. */
  text?: (value: unknown, words: Words) => string;
  /** Of the list as a whole, where its single values would say too much: "3 itens". */
  textOfAll?: (values: unknown[], words: Words) => string;
  /** As it is looked at, where words are too little. */
  Shown?: ComponentType<ShownProps>;
  /** What a change of it consists of, where "from this to that" says too little. */
  Change?: ComponentType<ChangeProps>;
  Input: ComponentType<TypeInputProps> | Soon<TypeInputProps>;
  /** What a new record may begin with is asked for otherwise than the value itself. */
  Default?: ComponentType<TypeInputProps>;
  /** What can be asked of it. */
  ops: string[];
  /** What a condition about it starts with. */
  asks?: unknown;
  /** What a condition is typed in, and what is said of a text that cannot be read. */
  Condition?: ComponentType<TypeInputProps> | Soon<TypeInputProps>;
  unreadable?: (t: TFunction) => string;
  /** What is wrong with a value that is there. */
  check?: (value: unknown, field: MetaField) => Problem | null;
  /** A wrong value has a sentence of its own: "E-mail inválido", not "Formato inválido". */
  hasOwnSentence?: boolean;
  /** From the server's text to what stands in the input. */
  toInput?: (text: string) => unknown;
  /** What the cell of a spreadsheet means; the text itself where it cannot be read. */
  read?: (text: string, field: MetaField) => unknown;
}
