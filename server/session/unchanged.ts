/**
 * What was asked and is still so. Whoever asks whether anything is new mostly hears that nothing is, and needs no database
 * for it: who the token stands for, that the session is open and how new its documents are is kept from the last time, until
 * the change log says something of it.
 */
import { hash } from 'node:crypto';
import type { LoggedChange } from '../live/change-reader.ts';
import type { Head } from './heads.ts';

/** A request as far as its answer depends on it. */
export interface Asked {
  readonly token: string;
  /** The session that the browser says it opened. */
  readonly ownSession: string | null;
}

export interface Unchanged {
  /** The state that the same request was answered from, where it still is the newest; null where the database has to say. */
  headFor(asked: Asked): Head | null;
  /**
   * Begins a question to the database. What is found is kept only where nothing changed while it was asked.
   *
   * @returns keeps it. `expiresAt`: of the token, milliseconds since the epoch
   */
  ask(): (asked: Asked, head: Head, expiresAt: number) => void;
  forget(changes: readonly Pick<LoggedChange, 'kind' | 'subjectId'>[]): void;
  /** Somebody has changed something of their own, here: they see it at once. */
  forgetPerson(personId: string): void;
  forgetAll(): void;
  /** Who says whether changes are heard. Without their word nothing is kept. */
  follow(isListening: () => boolean): void;
}

/** Kept so long at the most: what ends a token and nothing else (an API token, another browser's sign-in) is in no log. */
const KEPT_MS = 60_000;
const MOST = 20_000;

interface Kept {
  readonly head: Head;
  readonly until: number;
}

export function createUnchanged(now: () => number, most = MOST): Unchanged {
  const byKey = new Map<string, Kept>();
  const keysOfPerson = new Map<string, Set<string>>();
  const personOfSession = new Map<string, string>();
  let asked = 0;
  let isListening = () => false;

  const drop = (key: string) => {
    const kept = byKey.get(key);
    if (!kept) return;
    const { personId, sessionId } = kept.head;
    byKey.delete(key);
    const keys = keysOfPerson.get(personId);
    keys?.delete(key);
    if (keys?.size !== 0) return;
    keysOfPerson.delete(personId);
    personOfSession.delete(sessionId);
  };
  const keep = (key: string, kept: Kept) => {
    drop(key);
    const { personId, sessionId } = kept.head;
    byKey.set(key, kept);
    keysOfPerson.set(personId, (keysOfPerson.get(personId) ?? new Set()).add(key));
    personOfSession.set(sessionId, personId);
    if (byKey.size > most) drop(byKey.keys().next().value!);
  };
  const forgetPerson = (personId: string | undefined) => {
    if (personId !== undefined) for (const key of keysOfPerson.get(personId) ?? []) drop(key);
  };
  const forgetProfile = (profileId: string) => {
    for (const [key, { head }] of byKey) if (head.profileId === profileId) drop(key);
  };
  const forgetOf = {
    person: forgetPerson,
    session: (sessionId: string) => forgetPerson(personOfSession.get(sessionId)),
    profile: forgetProfile,
  };
  const forgetAll = () => {
    asked += 1;
    for (const map of [byKey, keysOfPerson, personOfSession]) map.clear();
  };

  return {
    headFor(request) {
      const key = keyOf(request);
      const kept = byKey.get(key);
      if (!kept || !isListening()) return null;
      if (kept.until > now()) return kept.head;
      drop(key);
      return null;
    },
    ask() {
      const begun = asked;
      return (request, head, expiresAt) => {
        if (asked !== begun || head.closedBecause !== null || !isListening()) return;
        keep(keyOf(request), { head, until: Math.min(expiresAt, now() + KEPT_MS) });
      };
    },
    forget(changes) {
      asked += 1;
      for (const { kind, subjectId } of changes) forgetOf[kind](subjectId);
    },
    forgetPerson(personId) {
      asked += 1;
      forgetPerson(personId);
    },
    forgetAll,
    follow(heard) {
      forgetAll();
      isListening = heard;
    },
  };
}

/** Tokens themselves are not kept. */
const keyOf = ({ token, ownSession }: Asked): string => hash('sha256', `${ownSession ?? ''} ${token}`, 'base64');
