/** The people that a form may name: oneself, those the rows name, and one's colleagues where one may see them. */
import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { ModuleHub } from '../../modules/module-hub.ts';
import { panelByModule } from '../../modules/panels.ts';
import type { View } from '../view.ts';
import type { RowList } from './row-list.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface People {
  /** By name; oneself first. */
  readonly all: ReadonlySignal<readonly Named[]>;
  /** False while some of one's colleagues are to come, or could not be read. */
  readonly whole: ReadonlySignal<boolean>;
  read(): Promise<void>;
}

const COLLEAGUES = 'mod.colleagues';
/** A list to choose from that is longer than this is no list to choose from. */
const MOST = 500;

export const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && typeof (value as Named).id === 'string' && typeof (value as Named).name === 'string';

export function createPeople({ hub, view, list }: { hub: ModuleHub; view: ReadonlySignal<View>; list: RowList }): People {
  const colleagues = signal<readonly Named[]>([]);
  const whole = signal(true);
  return {
    whole,
    all: computed(() => {
      const self = view.value.snapshot?.person;
      const named = (list.rows.value ?? []).flatMap(({ values }) => Object.values(values).filter(isNamed));
      const others = new Map([...named, ...colleagues.value].map(({ id, name }) => [id, { id, name }]));
      if (self) others.delete(self.id);
      const sorted = [...others.values()].toSorted((a, b) => a.name.localeCompare(b.name));
      return self ? [{ id: self.id, name: self.name }, ...sorted] : sorted;
    }),
    async read() {
      if (!view.peek().decisions.of(COLLEAGUES).shown || (whole.peek() && colleagues.peek().length > 0)) return;
      whole.value = false;
      const found: Named[] = [];
      for (let after: string | null = null; ; ) {
        const answer = await hub.list(COLLEAGUES, after === null ? {} : { after });
        if (!answer.ok) break;
        for (const { id, values } of answer.value.rows) {
          const name = values[panelByModule.get(COLLEAGUES)?.columns[0]?.id ?? 'name'];
          if (typeof name === 'string') found.push({ id, name });
        }
        after = answer.value.next;
        whole.value = after === null || found.length >= MOST;
        if (whole.peek()) break;
      }
      colleagues.value = found;
    },
  };
}
