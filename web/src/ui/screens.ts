import { IconDatabase, type Icon } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Refreshes } from '@/api/patches';
import type { RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import type { Opens, Search } from '@/lib/addresses';
import type { Holder } from '@/lib/permissions';
import type { Soon } from '@/lib/soon';
import type { FormValues } from './Edit/values';
import type { HomeParts } from './Home/parts';
import type { CellOverrides } from './EntityTable/useColumns';
import type { FormRules } from './RecordForm/rules';
import type { ListSearch, Presets } from './EntityTable/listSearch';

/** What a capability shows: its entities, and its pages of the settings. */
export interface WebModule {
  entities?: EntityScreen[];
  settings?: SettingsScreen[];
  /** What it says on the start page. */
  home?: () => Promise<HomeParts>;
}

/**
 * What the web knows of an entity beyond its declaration. All of it may be missing: list, form,
 * page, search and menu come from the server's words then.
 */
export interface EntityScreen extends FormRules {
  entity: string;
  icon: Icon;
  /** `/clientes`: list, `/clientes/importar` and `/clientes/{id}`. Absent: no list of its own. */
  address?: string;
  /** The group of the menu, by its word: `shell.nav.<group>`. */
  group?: string;
  /** G and this letter go to the list, N and it make a new one. */
  letter?: string;
  /** Where its sentences begin: title, new, edit, search, subject, empty, bin. */
  words?: string;
  /** Each is shown by a picture of who it is, not of what. */
  hasFace?: boolean;
  /** Its list's own parts: cells, columns shown at first, what stands above. */
  list?: () => Promise<ListParts>;
  /** Instead of the drawer with the declared fields. */
  form?: Soon<EntityFormProps>;
  /** What must not be missed of a record: beside its title on the page. */
  Mark?: ComponentType<{ record: RecordRow }>;
  /** The entity whose records are the files of one, and the field of theirs that leads to it. */
  files?: { entity: string; field: string };
  /** Its list as a board, which is what is seen first; list and cards stand beside. */
  board?: Soon<BoardProps>;
  /** All of them in numbers, at `/clientes/painel`; its word is `dashboard`. */
  dashboard?: Soon<object>;
  /** Instead of the page of attributes and history. */
  page?: Soon<EntityPageProps>;
  /** Where one that was found is shown, when not on a page of its own. */
  opens?: Opens;
  /** What else is stale after an event of it. */
  refreshes?: Refreshes;
}

/** By what one of them is shown, unless by its face. */
export const pictureOf = (screen: EntityScreen | undefined): Icon | undefined =>
  screen?.hasFace ? undefined : (screen?.icon ?? IconDatabase);

export interface EntityFormProps {
  entity: MetaEntity;
  /** Absent: a new one. */
  id?: string;
  onClose: () => void;
}

export interface BoardProps extends ListHeadProps {
  /** Begins a new one in which these stand already; absent: nobody may. */
  onNew?: (values: FormValues) => void;
}

export interface EntityPageProps {
  id: string;
  /** As the address says it. */
  search: Search;
}

export interface ListHeadProps {
  entity: MetaEntity;
  search: ListSearch;
  onSearch: (change: Partial<ListSearch>) => void;
}

/** What a list has of its own; `Row` is the record as the API declares it. */
export interface ListParts<Row extends RecordRow = RecordRow> {
  cells?: CellOverrides<Row>;
  /** Columns shown at first, in this order; the rest waits in "Colunas". */
  firstColumns?: (keyof Row & string)[];
  /** The lines of a card. */
  cardFields?: (keyof Row & string)[];
  /** Second line and right side of a row on a phone. */
  secondary?(row: Row): ReactNode;
  aside?(row: Row, entity: MetaEntity): ReactNode;
  /** How many there are, beside the title. */
  useCount?(): number | undefined;
  /** Words of the strip above that are questions, not values. */
  usePresets?(): Presets | undefined;
  Head?: ComponentType<ListHeadProps>;
  /** First among the buttons of the header. */
  Settings?: ComponentType;
}

export interface SettingsScreen {
  group: 'you' | 'company' | 'integrations' | 'data';
  address: string;
  icon: Icon;
  label: string;
  page: Soon<object>;
  /** Absent: everybody. */
  isFor?: (user: Holder) => boolean;
}
