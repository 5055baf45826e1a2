/** The note about an interaction, saved by itself a moment after the last key. */
import { createModel, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Clock } from '../clock.ts';
import type { InteractionHub } from './hub.ts';

/** Long enough not to save each word, short enough to lose none, in milliseconds. */
export const SAVE_AFTER_MS = 800;

export type NoteState = 'saved' | 'waiting' | 'saving' | { readonly failed: Problem };

/** @param written what the hub has */
export const NoteModel = createModel((interactionId: string, written: string, hub: Pick<InteractionHub, 'writeNote'>, clock: Clock) => {
  const text = signal(written);
  const state = signal<NoteState>('saved');
  let saved = written;
  let callOff = () => {};

  const save = async () => {
    callOff();
    if (state.peek() === 'saving' || text.peek() === saved) return;
    const sent = text.peek();
    state.value = 'saving';
    const answer = await hub.writeNote(interactionId, sent);
    if (answer.ok) saved = sent;
    // What was typed meanwhile is saved next; what failed waits for the next key or for "try again".
    if (!answer.ok) state.value = { failed: answer.problem };
    else if (text.peek() === saved) state.value = 'saved';
    else later();
  };
  const later = () => {
    callOff();
    state.value = 'waiting';
    callOff = clock.after(SAVE_AFTER_MS, () => void save());
  };
  const type = (next: string) => {
    text.value = next;
    if (state.peek() !== 'saving') later();
  };
  /** From the hub, typed in another tab: what is being written here goes before it. */
  const take = (next: string) => {
    if (state.peek() !== 'saved' || next === saved) return;
    saved = next;
    text.value = next;
  };
  return { text, state, type, save, take };
});
export type Note = InstanceType<typeof NoteModel>;
