/** What the panel, the dialogs and the preview all read of one editor: its difference in words, its findings, its resources. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { ProfileDocument, Resources } from '../../../lib/catalogue/index.ts';
import type { Queries } from '../../../lib/console/queries.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { createResources, type ResourcesRead } from '../../../lib/models/maker/publish-resources.ts';
import { isEmptyDiff } from '../../../lib/profile/diff.ts';
import { type Finding, lint } from '../../../lib/profile/lint.ts';
import { diffInWords, type WordGroup } from '../../../lib/profile/words.ts';
import { wordsWith } from './words.ts';

export interface Effect {
  readonly read: ResourcesRead;
  readonly isChanged: ReadonlySignal<boolean>;
  readonly groups: ReadonlySignal<readonly WordGroup[]>;
  /** Null until the resources that the document names are known: nothing is called missing too early. */
  readonly findings: ReadonlySignal<readonly Finding[] | null>;
  /** Another text whenever who holds it is, or who of them is online or in an interaction. */
  readonly people: ReadonlySignal<string>;
  /** What would be published; null where nothing is changed. */
  readonly changed: ReadonlySignal<ProfileDocument | null>;
}

const effects = new WeakMap<Editor, Effect>();
const NONE: Resources = {};

/** The same for everybody who asks with the same editor. */
export function effectOf(editor: Editor, queries: Queries): Effect {
  const held = effects.get(editor);
  if (held) return held;
  const read = createResources({
    queries,
    known: computed(() => editor.published.value?.resources ?? NONE),
    documents: computed(() => [editor.document.value, editor.base.value]),
  });
  const isChanged = computed(() => !isEmptyDiff(editor.changes.value));
  const effect: Effect = {
    read,
    isChanged,
    groups: computed(() => diffInWords(editor.changes.value, wordsWith(read.nameOf))),
    findings: computed(() => {
      if (editor.load.value !== 'ready' || !read.ready.value) return null;
      const people = editor.summary.value?.people;
      return lint(editor.document.value, { resources: read.resources.value, ...(people === undefined ? {} : { people }) });
    }),
    people: computed(() => {
      const watch = editor.watch.value;
      return [watch?.summary.people, watch?.summary.online, watch?.now.inInteraction].join(' ');
    }),
    changed: computed(() => (editor.load.value === 'ready' && isChanged.value ? editor.document.value : null)),
  };
  effects.set(editor, effect);
  return effect;
}
