/** Files of rows: one is heard at a time, others are kept. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { Answer } from '../../session/client-state.ts';
import type { ModuleFile, ModuleHub } from '../../modules/module-hub.ts';

/** What a page can do with a file's bytes. */
export interface FileEdges {
  /** An address to hear it from, until it is closed. */
  open(file: ModuleFile): string;
  close(address: string): void;
  save(file: ModuleFile): void;
}

export type Sound =
  | { readonly id: string; readonly state: 'loading' }
  | { readonly id: string; readonly state: 'ready'; readonly address: string }
  | { readonly id: string; readonly state: 'failed'; readonly problem: Problem };

export interface Sounds {
  readonly sound: ReadonlySignal<Sound | null>;
  play(id: string): Promise<void>;
  stop(): void;
  save(id: string): Promise<Answer<void>>;
}

export function createSounds(module: string, hub: ModuleHub, files: FileEdges): Sounds {
  const sound = signal<Sound | null>(null);
  const set = (next: Sound | null) => {
    const held = sound.peek();
    if (held?.state === 'ready') files.close(held.address);
    sound.value = next;
  };
  return {
    sound,
    async play(id) {
      const loading: Sound = { id, state: 'loading' };
      set(loading);
      const answer = await hub.file(module, id, true);
      // Another one was chosen meanwhile, or none.
      if (sound.peek() !== loading) return;
      set(answer.ok ? { id, state: 'ready', address: files.open(answer.value) } : { id, state: 'failed', problem: answer.problem });
    },
    stop: () => set(null),
    async save(id) {
      const answer = await hub.file(module, id, false);
      if (!answer.ok) return answer;
      files.save(answer.value);
      return { ok: true, value: undefined };
    },
  };
}
