/** What the hub asked, the newest last, and how it was answered. */
import type { CommandResult, AnyCommand } from '../../../lib/api/connector.ts';
import type { Clock } from '../../../lib/models/clock.ts';

export interface Asked {
  readonly at: number;
  readonly command: AnyCommand;
  /** Null while it is not answered. */
  readonly result: CommandResult | null;
}

const MOST = 1000;

export function createAsked(clock: Pick<Clock, 'now'>) {
  let all: readonly Asked[] = [];
  return {
    all: () => all,
    /** Once, however often the hub asks it. */
    note(command: AnyCommand) {
      if (!all.some((each) => each.command.id === command.id)) all = [...all, { at: clock.now(), command, result: null }].slice(-MOST);
    },
    answer(id: string, result: CommandResult) {
      all = all.map((each) => (each.command.id === id ? { ...each, result } : each));
    },
  };
}
