/** Choosing among the profiles assigned: what one would gain and lose, before the switch. */
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../api/problem.ts';
import type { ProfileView } from '../api/snapshot.ts';
import { decide, rightsOf } from '../decide/index.ts';
import type { Client } from '../session/client-state.ts';
import { type Changes, changesBetween } from './changes.ts';
import type { View } from './view.ts';

export type Preview =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'ready'; readonly view: ProfileView };

export const Switching = createModel((client: Client, view: ReadonlySignal<View>) => {
  const chosen = signal<string | null>(null);
  const previews = signal<Readonly<Record<string, Preview>>>({});

  const preview = computed<Preview | null>(() => (chosen.value === null ? null : (previews.value[chosen.value] ?? null)));
  /** What switching to the chosen profile would bring; null until that is known. */
  const changes = computed<Changes | null>(() => {
    const { person, situation } = view.value;
    if (preview.value?.state !== 'ready') return null;
    const next = preview.value.view;
    return changesBetween(view.value, { decisions: decide(rightsOf(next, person), situation), resources: next.resources });
  });

  const keep = (id: string, answer: Preview) => {
    previews.value = { ...previews.peek(), [id]: answer };
  };
  const choose = async (id: string) => {
    chosen.value = id;
    if (id === view.peek().active?.id || previews.peek()[id]?.state === 'ready') return;
    keep(id, { state: 'loading' });
    const answer = await client.call('previewProfile', id);
    keep(id, answer.ok ? { state: 'ready', view: answer.value } : { state: 'failed', problem: answer.problem });
  };
  /** Forgets what was looked at: a profile may have a newer version the next time. */
  const forget = () => {
    chosen.value = null;
    previews.value = {};
  };
  return { chosen, preview, previews, changes, choose, forget };
});
