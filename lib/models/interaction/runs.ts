/** What custom buttons started on the hub: what each waits for, and a word when it is done or was not. */
import { batch, createModel, effect, untracked } from '@preact/signals-core';
import type { ButtonRun } from '../../api/interaction.ts';
import type { Problem } from '../../api/problem.ts';
import type { ClientVerbs } from '../../session/client-state.ts';
import type { Banner } from '../banner.ts';
import type { Alerts } from './alerts.ts';

export type { ButtonRun };
type Command = Parameters<ClientVerbs['command']>[0];

/** What is said with a press: the interaction or row that it is for. */
export const bodyFor = ({ control, subject }: Pick<ButtonRun, 'control' | 'subject'>): Record<string, unknown> =>
  subject === '' ? {} : control.startsWith('int.') ? { interactionId: subject } : { id: subject };

/** The last of a button with what it is used with. */
export const runOf = (runs: readonly ButtonRun[] | undefined, control: string, subject: string): ButtonRun | null =>
  runs?.find((run) => run.control === control && run.subject === subject) ?? null;

/** What a run says to whoever started it; null where there is nothing to say. */
export type Told = (run: ButtonRun, name: string) => { readonly title: string; readonly detail: string; readonly tone: 'good' | 'bad' } | null;

export const RunsModel = createModel((banner: Banner, alerts: Pick<Alerts, 'open'>, told: Told) => {
  const again = async ({ control, subject }: ButtonRun): Promise<void> => {
    banner.notices.dismiss();
    const answer = await banner.call('command', control as Command, bodyFor({ control, subject }));
    if (!answer.ok) banner.notices.say({ kind: 'problem', problem: answer.problem as Problem });
  };
  const tell = (run: ButtonRun) => {
    // Once for all frames: the background opens it for the first that asks.
    if (run.open !== null) void alerts.open(run.id, run.control, run.open);
    const name = banner.view.peek().resources[run.control.split('.').at(-1)!]?.name ?? '';
    const line = told(run, name);
    if (!line) return;
    const failed = run.state === 'failed';
    banner.notices.say({ kind: 'button', ...line, ...(failed ? { again: () => void again(run) } : {}) });
    // Why it was not done stays until it is read.
    if (failed) banner.notices.hold();
  };

  /** Null where nothing is known yet: what was over when this page came was said then. */
  let before: ReadonlyMap<string, ButtonRun['state']> | null = null;
  effect(() => {
    const runs = banner.view.value.snapshot?.situation.runs;
    const was = before;
    before = runs ? new Map([...(was ?? []), ...runs.map(({ id, state }) => [id, state] as const)]) : null;
    if (!runs || was === null) return;
    untracked(() => batch(() => runs.filter(({ id, state }) => state !== 'pending' && was.get(id) !== state).forEach(tell)));
  });
  return { again };
});
