/** The long poll of one profile: says that one is here, and hears what moves. */
import type { Problem } from '../../api/problem.ts';
import type { ProfileWatch } from '../../api/routes.ts';
import type { ConsoleHub } from '../../console/hub.ts';
import type { Clock } from '../clock.ts';
import { waitAfter } from './editor-backoff.ts';

/** Under the ten seconds after which a call is given up. */
const WAIT_S = '8';
/** Between two rounds: a hub that answers at once is not asked in a tight loop. */
const PAUSE_MS = 250;

export interface WatchEdges {
  readonly hub: ConsoleHub;
  readonly profileId: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly editing: () => boolean;
  readonly heard: (watch: ProfileWatch) => void;
  readonly failed: (problem: Problem) => void;
}

export interface Watching {
  /** Says at once that one reads or edits now, and hears what holds. */
  say(): Promise<void>;
  /** Says goodbye. */
  stop(): void;
}

export function watchProfile({ hub, profileId, clock, random, editing, heard, failed }: WatchEdges): Watching {
  let stopped = false;
  let tag: string | undefined;
  let failures = 0;
  let callOff: () => void = () => undefined;
  const params = { id: profileId };
  const presence = () => (editing() ? 'editing' : 'reading');
  const later = (milliseconds: number) => (callOff = clock.after(milliseconds, () => void round()));

  async function round(): Promise<void> {
    const query = { ...(tag === undefined ? {} : { tag, wait: WAIT_S }), editor: presence() } as const;
    const answer = await hub.ask('watchProfile', { params, query });
    if (stopped) return;
    if (answer.ok) {
      failures = 0;
      tag = answer.value.value.tag;
      heard(answer.value.value);
      later(PAUSE_MS);
    } else {
      failed(answer.problem);
      failures += 1;
      later(waitAfter(failures, random()));
    }
  }
  void round();
  return {
    async say() {
      const answer = await hub.ask('watchProfile', { params, query: { editor: presence() } });
      if (answer.ok && !stopped) heard(answer.value.value);
    },
    stop() {
      stopped = true;
      callOff();
      void hub.ask('watchProfile', { params, query: { editor: 'leaving' } });
    },
  };
}
