/** What is said with a publish: why, for whom, from when, until when, and whether nobody keeps anything. */
import { batch, computed, createModel, signal } from '@preact/signals-core';
import type { Clock } from '../clock.ts';
import type { ImpactOptions } from './publish-impact.ts';
import { instantOf, localText, nextQuarter } from './publish-time.ts';

export const MESSAGE_MAX = 500;
/** How long a temporary publish lasts where nothing else was said: a working day. */
const LASTS_MS = 8 * 60 * 60_000;

export type TimeError = 'missing' | 'past' | 'beforeStart';

export const PublishForm = createModel((clock: Clock, first: ImpactOptions['to']) => {
  const message = signal('');
  const to = signal(first);
  const emergency = signal(false);
  const scheduled = signal(false);
  const at = signal(localText(nextQuarter(clock.now())));
  const ends = signal(false);
  const until = signal(localText(nextQuarter(clock.now()) + LASTS_MS));

  const atError = computed((): TimeError | null => {
    if (!scheduled.value) return null;
    const instant = instantOf(at.value);
    if (instant === null) return 'missing';
    return instant <= clock.now() ? 'past' : null;
  });
  const untilError = computed((): TimeError | null => {
    if (!ends.value) return null;
    const instant = instantOf(until.value);
    if (instant === null) return 'missing';
    if (instant <= clock.now()) return 'past';
    const start = scheduled.value ? instantOf(at.value) : null;
    return start !== null && instant <= start ? 'beforeStart' : null;
  });

  return {
    message,
    to,
    emergency,
    scheduled,
    at,
    ends,
    until,
    atError,
    untilError,
    options: computed<ImpactOptions>(() => ({ to: to.value, emergency: emergency.value && to.value === 'everyone' })),
    valid: computed(() => atError.value === null && untilError.value === null),
    setTo: (next: ImpactOptions['to']) =>
      batch(() => {
        to.value = next;
        // People who stay on their version have nothing to be hurried about.
        if (next === 'newAssignments') emergency.value = false;
      }),
    /** Body of the publish, or of its schedule where `at` is in it. */
    body: () => ({
      message: message.value.trim(),
      to: to.value,
      emergency: emergency.value && to.value === 'everyone',
      ...(ends.value ? { until: instantOf(until.value)! } : {}),
    }),
    startsAt: () => (scheduled.value ? instantOf(at.value) : null),
  };
});
export type PublishFormOf = InstanceType<typeof PublishForm>;
