/**
 * The newest state, mirrored in `storage.session` by the background, so that a frame paints at once: reading it takes 2
 * to 3 ms and wakes nobody, and a frame on another site's page may not open IndexedDB. Holds no token.
 *
 * The documents are items of their own, written only when they changed: a browser copies what is written, and what was
 * there before, to every page of the extension, and frames are told of a change only once it is written.
 */
import { type Part, PARTS } from '../api/parts.ts';
import type { Snapshot } from '../api/snapshot.ts';
import type { ClientState } from '../session/client-state.ts';
import type { AreaChanges } from './area-changes.ts';

const STATE_KEY = 'pennon.state';
const keyOf = (part: Part) => `${STATE_KEY}.${part}` as const;

/** The items that make up the mirror. */
export const MIRROR_KEYS: readonly string[] = [STATE_KEY, ...PARTS.map(keyOf)];

/** The state as its own item has it: in the place of each document its number, by which it is known again. */
type MirroredState = Omit<ClientState, 'snapshot'> & {
  readonly snapshot: (Omit<Snapshot, Part> & Readonly<Record<Part, number>>) | null;
};

/** The part of `browser.storage.session` used here. */
export interface SessionArea {
  get(keys: string | readonly string[]): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

/** @returns what mirrors a state; resolves once that is done, or has failed: frames open without it too, only later */
export function createMirror(area: Pick<SessionArea, 'set'>): (state: ClientState) => Promise<void> {
  /** What is written of the documents; null where that is not known. */
  let written: Snapshot | 'none' | null = null;
  return async (state) => {
    const items = itemsOf(state, written);
    written = state.snapshot ?? 'none';
    try {
      await area.set(items);
    } catch {
      written = null;
    }
  };
}

function itemsOf(state: ClientState, written: Snapshot | 'none' | null): Record<string, unknown> {
  const { snapshot } = state;
  const before = written === 'none' ? null : written;
  const changed = PARTS.filter((part) => written === null || before?.[part] !== snapshot?.[part]);
  return {
    [STATE_KEY]: { ...state, snapshot: snapshot && numbered(snapshot) } satisfies MirroredState,
    ...Object.fromEntries(changed.map((part) => [keyOf(part), snapshot?.[part] ?? null])),
  };
}

const numbered = (snapshot: Snapshot): MirroredState['snapshot'] => ({
  ...snapshot,
  profile: snapshot.profile.seq,
  person: snapshot.person.seq,
  situation: snapshot.situation.seq,
});

/** The state that these items make up; null where it is none, or its documents are not the ones it is about. */
export function mirroredIn(items: Record<string, unknown>): ClientState | null {
  const state = items[STATE_KEY];
  if (!isMirroredState(state)) return null;
  const { snapshot } = state;
  if (snapshot === null) return { ...state, snapshot };
  const documents = PARTS.map((part) => [part, items[keyOf(part)] as Snapshot[Part] | null | undefined] as const);
  if (!documents.every(([part, document]) => document?.seq === snapshot[part])) return null;
  return { ...state, snapshot: { ...snapshot, ...(Object.fromEntries(documents) as Pick<Snapshot, Part>) } };
}

/** The browser clears this storage with each version of the extension, so that the shape is always this version's. */
const isMirroredState = (value: unknown): value is MirroredState => value !== null && typeof value === 'object' && 'phase' in value;

/** The state last mirrored; null where there is none, or it cannot be read. */
export async function readMirror(area: Pick<SessionArea, 'get'>): Promise<ClientState | null> {
  try {
    return mirroredIn(await area.get(MIRROR_KEYS));
  } catch {
    return null;
  }
}

/** Calls back with what is mirrored after each change from now on. Returns how to stop. @param changes those of the area */
export function watchMirror(changes: AreaChanges, area: Pick<SessionArea, 'get'>, listener: (state: ClientState) => void): () => void {
  let watching = true;
  const read = async () => {
    const state = await readMirror(area);
    if (state && watching) listener(state);
  };
  const onChange = (changed: Record<string, unknown>) => void (STATE_KEY in changed && read());
  changes.addListener(onChange);
  return () => {
    watching = false;
    changes.removeListener(onChange);
  };
}
