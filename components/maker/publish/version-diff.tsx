/** What is different between any two versions, in words. */
import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { createDifference } from '../../../lib/models/maker/publish-difference.ts';
import { diffInWords } from '../../../lib/profile/words.ts';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { Failed } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { ChangeList } from './change-list.tsx';
import { wordsWith } from './words.ts';

interface Props {
  readonly editor: Editor;
  /** The newest first. */
  readonly versions: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly onChoose: (from: number, to: number) => unknown;
}

export function VersionDiff({ editor, versions, from, to, onChoose }: Props) {
  const options = versions.map((version) => ({ value: String(version), label: t('makerVersions.version', version) }));
  const { difference, groups } = useDifference(editor, from, to);
  const problem = difference.problem.value;
  return (
    <aside class="version-diff publish-card" aria-label={t('makerVersions.difference')}>
      <h2>{t('makerVersions.difference')}</h2>
      <div class="version-pair">
        <Select label={t('makerVersions.from')} value={String(from)} options={options} onChange={(next) => onChoose(Number(next), to)} />
        <IconButton icon="arrow-left-right" label={t('makerVersions.swap')} onPress={() => onChoose(to, from)} />
        <Select label={t('makerVersions.to')} value={String(to)} options={options} onChange={(next) => onChoose(from, Number(next))} />
      </div>
      {problem ? (
        <Failed problem={problem} retry={difference.retry} />
      ) : groups.value === null ? (
        <p class="secondary">{t('makerVersions.comparing')}</p>
      ) : groups.value.length === 0 ? (
        <p class="secondary">{t('makerVersions.same')}</p>
      ) : (
        <ChangeList groups={groups.value} profileId={null} />
      )}
    </aside>
  );
}

/** Groups are null until both documents are there. */
export function useDifference(editor: Editor, from: number, to: number) {
  const { queries } = useMaker();
  const difference = useMemo(() => {
    const known = computed(() => editor.published.value?.resources ?? {});
    return createDifference({ queries, profileId: editor.profileId, from, to, known });
  }, [editor, from, to]);
  const groups = useMemo(
    () => computed(() => difference.diff.value && diffInWords(difference.diff.value, wordsWith(difference.resources.nameOf))),
    [difference],
  );
  return { difference, groups };
}
