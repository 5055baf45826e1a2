/** What the editor of one profile is to the pages that draw it: Settings, Configuration, Maker rights, publishing. */
import type { ReadonlySignal, Signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Draft, ProfileSummary, ProfileWatch } from '../../api/routes.ts';
import type { ProfileView } from '../../api/snapshot.ts';
import type { ProfileDocument, TabId } from '../../catalogue/index.ts';
import type { DocumentDiff } from '../../profile/diff.ts';
import type { Merge } from '../../profile/merge.ts';

/** A tab of a document as code that walks all tabs reads it. */
export interface TabContent {
  readonly rows: readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[];
  readonly enabled?: boolean;
  readonly default?: string | null;
}

export type SaveState =
  /** The hub has what is on screen. */
  | 'saved'
  /** A change waits for the pause in typing, or is on its way. */
  | 'saving'
  /** Somebody else saved first: `conflict` says what. */
  | 'conflict'
  /** It could not be saved, `problem` says why; it is tried again, and nothing typed is lost. */
  | 'failed';

/** What came from somebody else while one looked. */
export interface EditorNews {
  /** `taken`: their draft, as nothing here was unsaved; `merged`: theirs and mine, which nowhere met. */
  readonly kind: 'taken' | 'merged';
  readonly who: string | null;
  /** From what was on screen to what is. */
  readonly changes: DocumentDiff;
}

export interface Editor {
  readonly profileId: string;
  readonly load: ReadonlySignal<'loading' | 'ready' | 'failed'>;
  /** Why it could not be loaded or saved. */
  readonly problem: ReadonlySignal<Problem | null>;
  readonly summary: ReadonlySignal<ProfileSummary | null>;
  /** What is published, with its resources; null for a profile never published. */
  readonly published: ReadonlySignal<ProfileView | null>;
  /** The draft as the hub has it, last read or saved. */
  readonly saved: ReadonlySignal<Draft | null>;
  /** What is on screen: the draft with what was changed here since. */
  readonly document: ReadonlySignal<ProfileDocument>;
  /** What undoing goes back to: what is published, or a document that grants nothing. */
  readonly base: ReadonlySignal<ProfileDocument>;
  /** From what is published to what is on screen. */
  readonly changes: ReadonlySignal<DocumentDiff>;
  readonly save: ReadonlySignal<SaveState>;
  /** Both sides of a save that was refused, merged by field as far as they do not meet. */
  readonly conflict: ReadonlySignal<Merge | null>;
  /** The last thing that came from somebody else; null until anything did. */
  readonly news: ReadonlySignal<EditorNews | null>;
  /** Reading is the default. */
  readonly editing: Signal<boolean>;
  /** What moves while one looks: who else is here, receipts, counters. Null until first heard. */
  readonly watch: ReadonlySignal<ProfileWatch | null>;

  /** Any field of a section or of the Maker rights. The value's default removes it from the document. */
  setField(id: string, value: unknown): void;
  /** Back to what is published, or to the default. */
  undoField(id: string): void;
  changeTab(tab: TabId, change: (content: TabContent) => TabContent): void;
  undoTab(tab: TabId): void;
  undoAll(): void;
  /** Saves what is not saved yet. False where that was not possible: `save` and `problem` say why. */
  flush(): Promise<boolean>;
  /** Ends a conflict: with the merge as it is now chosen, or with the other's draft. */
  resolve(keep: 'merged' | 'theirs', chosen?: ReadonlyMap<string, 'mine' | 'theirs'>): Promise<boolean>;
  /** Drops the draft (*Close*). */
  drop(): Promise<boolean>;
  /** Reads everything again: after a publish, a roll-back. */
  reload(): Promise<void>;
  /** Ends timers and says goodbye. */
  close(): void;
}
