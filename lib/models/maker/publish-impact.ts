/** Whom a publish would give what and take what from: asked of the hub once typing pauses, kept while a newer answer comes. */
import { batch, computed, createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Impact } from '../../api/shapes-maker.ts';
import type { ProfileDocument } from '../../catalogue/index.ts';
import { controls } from '../../catalogue/index.ts';
import type { ConsoleHub } from '../../console/hub.ts';
import { readersOf } from '../../decide/readers.ts';
import type { Clock } from '../clock.ts';

/** How long a document must have stood still, and how long after a failure it is asked again; milliseconds. */
export const ASKS_AFTER_MS = 400;
export const TRIES_AGAIN_MS = 5000;

export interface ImpactOptions {
  readonly to: 'everyone' | 'newAssignments';
  readonly emergency: boolean;
}

export interface ImpactEdges {
  readonly hub: ConsoleHub;
  readonly clock: Clock;
  readonly profileId: string;
  /** What would be published; null where there is nothing to publish, and so nothing to ask. */
  readonly document: ReadonlySignal<ProfileDocument | null>;
  readonly options: ReadonlySignal<ImpactOptions>;
  /** Another value whenever the people are: who is online, in an interaction, assigned. */
  readonly people?: ReadonlySignal<unknown>;
}

export const ImpactModel = createModel(({ hub, clock, profileId, document, options, people }: ImpactEdges) => {
  const impact = signal<Impact | null>(null);
  const problem = signal<Problem | null>(null);
  /** What the answer held is of. */
  const answered = signal<{ document: ProfileDocument; options: ImpactOptions } | null>(null);
  let latest = 0;

  const ask = async (asked: ProfileDocument, by: ImpactOptions, again: () => void): Promise<void> => {
    latest += 1;
    const mine = latest;
    const answer = await hub.ask('impact', { params: { id: profileId }, body: { document: asked, ...by } });
    // A newer question is on its way: its answer is the one that counts.
    if (mine !== latest) return;
    batch(() => {
      problem.value = answer.ok ? null : answer.problem;
      if (!answer.ok) return;
      impact.value = answer.value.value;
      answered.value = { document: asked, options: by };
    });
    if (!answer.ok && answer.problem.code.startsWith('client.')) again();
  };

  effect(() => {
    const asked = document.value;
    const by = options.value;
    void people?.value;
    latest += 1;
    if (!asked) {
      untracked(() => {
        problem.value = null;
      });
      return;
    }
    let callOff = () => {};
    const later = (wait: number) => {
      callOff = clock.after(wait, () => void ask(asked, by, () => later(TRIES_AGAIN_MS)));
    };
    later(ASKS_AFTER_MS);
    return () => callOff();
  });

  return {
    /** The last answer, whatever was typed since; null until the first, and while there is nothing to publish. */
    impact: computed(() => (document.value === null ? null : impact.value)),
    problem,
    /** What is shown is not of what is typed: an answer is awaited, or could not be had. */
    behind: computed(() => document.value !== null && (answered.value?.document !== document.value || answered.value.options !== options.value)),
  };
});
export type ImpactOf = InstanceType<typeof ImpactModel>;

/** How many of those in an interaction would keep a control that reads this field or tab until it ends. */
export function keepersOf(impact: Impact, setting: string): number {
  const reading = new Set<string>((readersOf.get(setting) ?? []).map((at) => controls[at]!.id));
  return impact.groups
    .filter(({ kept }) => kept.some((control) => reading.has(control)))
    .reduce((sum, { people }) => sum + people.filter(({ inInteraction }) => inInteraction).length, 0);
}
