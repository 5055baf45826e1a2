/**
 * A module's panel as data: what its list shows and what one may do with a row. The hub serves it by this declaration and
 * the banner draws it by the same; neither knows the modules one by one.
 */
import type { ControlId, TabId } from '../catalogue/index.ts';

/**
 * How a value is written in a row, and drawn. Times are milliseconds since the epoch, durations seconds, money the smallest unit of the account's currency. A
 * person is `{ id, name }` in a row, and an id in what is sent. A row says the resource that it belongs to as `resource`,
 * by its name, and as `resourceId`.
 */
export type ColumnType = 'text' | 'longText' | 'instant' | 'duration' | 'integer' | 'score' | 'money' | 'choice' | 'person' | 'phone' | 'email' | 'boolean';

export interface Column {
  /** The key of the value in a row. */
  readonly id: string;
  /** Message key. */
  readonly label: string;
  readonly type: ColumnType;
  /** Of a choice: its values; each one's message key is `<label>.<value>`. */
  readonly choices?: readonly string[];
  /** The list can be put in its order. */
  readonly sorts?: true;
  /** Of a choice that sorts: rows of the same choice are in the order of this column. */
  readonly thenBy?: string;
  /** The list can be narrowed to one of its choices. */
  readonly filters?: true;
  /** The list says the mean of what is found. */
  readonly averages?: true;
  /** Shown only where a row is opened. */
  readonly detail?: true;
  /** Personal data of a customer: the hub masks it where the profile says so, and the clear value never leaves it. */
  readonly personal?: 'name' | 'phone' | 'email';
}

/** A field of a form: as a column is, and what may be typed; `answers` are those to a grid's criteria (lib/evaluation). `required`: an empty one is refused. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly type: Exclude<ColumnType, 'duration'> | 'row' | 'answers';
  readonly choices?: readonly string[];
  /** Of a `row`: the tab of the profile of whose resources one is chosen. */
  readonly tab?: TabId;
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
}

/** What a verb does; `evaluate` makes, of a row of another module, an evaluation. What each is besides, and to which modules, is the hub's to know. */
export type Effect = 'create' | 'evaluate' | 'change' | 'delete' | 'file' | 'pay' | 'spread' | 'start' | 'write';

/**
 * Something one may do: always a control of the catalogue, decided by the same rules in both places. What needs nothing
 * but the module itself names the module's own control.
 */
export interface Verb {
  readonly control: ControlId;
  readonly does: Effect;
  /** Message key of its name, where the control's own is another. */
  readonly label?: string;
  /** What it sets besides what is asked for, by column; `owner: null` makes it nobody's. */
  readonly sets?: Readonly<Record<string, string | number | boolean | null>>;
  /** `module`: stands over the list (create); `row`: with each row it applies to; `rows`: with several chosen at once. */
  readonly on: 'module' | 'row' | 'rows';
  /** What is asked before; none where a press does it. */
  readonly form?: readonly FormField[];
  /** Destroys something: asked for confirmation or, where it can be taken back, offered to be undone. */
  readonly destroys?: 'undo' | 'confirm';
  /** Gets a file instead of changing anything. */
  readonly file?: true;
  /** Only with rows that have one of these values, by column. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
}

/** Whose rows a person sees: own ones; those of the teams they manage; or what a field of the profile says. */
export type Reach = 'own' | 'team' | 'account' | { readonly field: string };

export interface Panel {
  /** The control of the module: `mod.cases`. */
  readonly module: ControlId;
  /** The first one names a row. */
  readonly columns: readonly Column[];
  /** Column and direction of the list as it is opened. */
  readonly order: { readonly by: string; readonly descending: boolean };
  readonly reach: Reach;
  /** Only rows that belong to a resource in this tab of the profile: `directory`, `voiceCampaigns`. */
  readonly ofTab?: TabId;
  /** Of that tab only the rows that say so. */
  readonly ofRows?: Readonly<Record<string, boolean>>;
  /** Shows rows of another module; what its verbs do is done there. */
  readonly rowsOf?: ControlId;
  readonly verbs: readonly Verb[];
  /** A row has a sound that can be played. */
  readonly plays?: true;
  /** Drawn by a component of its own; served by the hub all the same. */
  readonly ownPanel?: true;
}
