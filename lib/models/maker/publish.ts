/** Publishing a draft: now or at a time, and what came of it. */
import { batch, computed, createModel, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Queries } from '../../console/queries.ts';
import type { Editor } from './editor-types.ts';
import type { PublishFormOf } from './publish-form.ts';
import { countsIn } from './publish-receipts.ts';

export type Published =
  | { readonly kind: 'published'; readonly version: number; readonly to: 'everyone' | 'newAssignments'; readonly until: number | null }
  | { readonly kind: 'scheduled'; readonly at: number; readonly until: number | null };

/** What another publish makes stale besides the editor's own. */
const STALE = ['listProfiles', 'listVersions', 'listSchedules', 'listReceipts', 'readProfile'] as const;

export const PublishModel = createModel((editor: Editor, queries: Queries) => {
  const busy = signal(false);
  const problem = signal<Problem | null>(null);
  const done = signal<Published | null>(null);
  const params = { id: editor.profileId };

  const publish = async (form: PublishFormOf): Promise<Published | null> => {
    const { until, ...said } = form.body();
    const body = { ...said, ...(until === undefined ? {} : { until }) };
    const at = form.startsAt();
    if (at !== null) {
      const answer = await queries.write('schedulePublish', { params, body: { ...body, at } }, { stale: ['listSchedules', 'listProfiles'] });
      if (!answer.ok) return refused(answer.problem);
      return { kind: 'scheduled', at: answer.value.value.at, until: answer.value.value.until };
    }
    const answer = await queries.write('publish', { params, body }, { stale: [...STALE] });
    if (!answer.ok) return refused(answer.problem);
    return { kind: 'published', version: answer.value.value.version, to: said.to, until: until ?? null };
  };
  const refused = (said: Problem): null => {
    problem.value = said;
    return null;
  };

  return {
    busy,
    problem,
    done,
    /** Receipts of what was published here, once the watch tells of them. */
    arrival: computed(() => {
      const published = done.value;
      const watch = editor.watch.value;
      if (published?.kind !== 'published' || watch?.receipts.version !== published.version) return null;
      return countsIn(watch);
    }),
    /** Saves what is not saved yet, then publishes what the hub has: never less than what is on screen. */
    async publish(form: PublishFormOf): Promise<boolean> {
      if (busy.peek()) return false;
      batch(() => {
        busy.value = true;
        problem.value = null;
      });
      const result = (await editor.flush()) ? await publish(form) : refused(editor.problem.peek() ?? CONFLICT);
      batch(() => {
        busy.value = false;
        done.value = result;
      });
      if (result?.kind === 'published') await editor.reload();
      return result !== null;
    },
    async cancel(scheduleId: string): Promise<Problem | null> {
      const answer = await queries.write('cancelSchedule', { params: { ...params, scheduleId } }, { stale: ['listSchedules', 'listProfiles'] });
      return answer.ok ? null : answer.problem;
    },
    async rollBack(version: number, message: string): Promise<number | null> {
      busy.value = true;
      problem.value = null;
      const answer = await queries.write('rollBack', { params, body: { version, message } }, { stale: [...STALE] });
      busy.value = false;
      if (!answer.ok) {
        refused(answer.problem);
        return null;
      }
      await editor.reload();
      return answer.value.value.version;
    },
    /** How many people it is pushed to again; null with a problem. */
    async refresh(only: 'everyone' | 'unapplied'): Promise<number | null> {
      busy.value = true;
      problem.value = null;
      const answer = await queries.write('refresh', { params, query: { only } }, { stale: ['listReceipts'] });
      busy.value = false;
      if (answer.ok) return answer.value.value.people;
      refused(answer.problem);
      return null;
    },
  };
});
export type Publishing = InstanceType<typeof PublishModel>;

/** A save that met another one: the editor shows both sides. */
const CONFLICT: Problem = { type: 'urn:pennon:problem:draft.conflict', title: '', status: 412, code: 'draft.conflict' };
