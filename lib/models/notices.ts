/** What the banner says of its own accord: one line at a time, gone after a while, also for a screen reader. */
import { createModel, signal } from '@preact/signals-core';
import type { Problem } from '../api/problem.ts';
import type { Told } from '../api/shapes-supervision.ts';
import type { NoProfile } from '../decide/index.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';

export type News =
  /** The active profile, as a newer version. */
  | ({ readonly kind: 'updated'; readonly name: string; readonly version: number } & Changes)
  | ({ readonly kind: 'switched'; readonly name: string; readonly version: number } & Changes)
  /** Taken off a profile: the one at login took its place. */
  | ({ readonly kind: 'fellBack'; readonly from: string; readonly name: string } & Changes)
  /** No profile any more: core controls only. */
  | ({ readonly kind: 'coreOnly'; readonly from: string; readonly why: NoProfile } & Changes)
  /** The same version, but the person's own rights or the resources changed. */
  | ({ readonly kind: 'rights' } & Changes)
  | { readonly kind: 'upToDate'; readonly name: string | null; readonly version: number | null; readonly at: number }
  /** What a custom button started is done, or was not and may be tried again. Some of it is somebody else's plain text. */
  | { readonly kind: 'button'; readonly title: string; readonly detail: string; readonly tone: 'good' | 'bad'; readonly again?: () => void }
  /** Not done: something covers the button, so it may not have been meant. */
  | { readonly kind: 'covered'; readonly label: string }
  /** A supervisor did something to the person, or answered them; with what it changed, where that came along. */
  | ({ readonly kind: 'told'; readonly told: Told } & Partial<Changes>)
  | { readonly kind: 'problem'; readonly problem: Problem };

export type Notice = News & { readonly id: number };

/** Long enough to read a line; short, since a notice stands over somebody else's page. */
export const STAYS_MS = 6000;

export const Notices = createModel((clock: Clock) => {
  const current = signal<Notice | null>(null);
  let last = 0;
  let callOff = () => {};
  const dismiss = () => {
    callOff();
    current.value = null;
  };
  const say = (news: News) => {
    callOff();
    last += 1;
    current.value = { ...news, id: last };
    callOff = clock.after(STAYS_MS, dismiss);
  };
  /** While somebody reads it, it stays. */
  const hold = () => callOff();
  const release = () => {
    callOff();
    if (current.peek()) callOff = clock.after(STAYS_MS / 2, dismiss);
  };
  return { current, say, dismiss, hold, release };
});
