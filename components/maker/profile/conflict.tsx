/** Both sides of a save that met another one, thing by thing, to choose from. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { type Choosing, createChoosing, placeOf } from '../../../lib/models/maker/editor-conflict.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import type { Merge, MergeConflict, MergeSide } from '../../../lib/profile/merge.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/states.tsx';
import { names, t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { effectOf } from '../publish/effect.ts';
import { conflictName, conflictValue } from './conflict-words.ts';

export function ConflictDialog({ editor }: { editor: Editor }) {
  const later = useSignal(false);
  const isThere = useComputed(() => editor.conflict.value !== null).value;
  useEffect(() => {
    if (isThere) later.value = false;
  }, [isThere]);
  if (!isThere) return null;
  // Put off: a line stays, and nothing is saved until it is chosen.
  if (later.value) {
    return (
      <div class="conflict-bar">
        <Note tone="warn">
          {t('makerProfile.save.conflict')} <Button onPress={() => (later.value = false)}>{t('makerProfile.conflict.open')}</Button>
        </Note>
      </div>
    );
  }
  return <Choices editor={editor} onLater={() => (later.value = true)} />;
}

function Choices({ editor, onLater }: { editor: Editor; onLater: () => void }) {
  const choosing = useMemo(() => createChoosing(editor), [editor]);
  const busy = useSignal(false);
  const merge = choosing.merge.value;
  if (!merge) return null;
  const who = editor.watch.value?.draftChangedBy ?? t('makerProfile.somebody');
  const apply = async () => {
    busy.value = true;
    await choosing.apply();
    busy.value = false;
  };
  const actions = (
    <>
      <Button tone="plain" onPress={() => choosing.chooseAll('mine')}>
        {t('makerProfile.conflict.allMine')}
      </Button>
      <Button tone="plain" onPress={() => choosing.chooseAll('theirs')}>
        {t('makerProfile.conflict.allTheirs')}
      </Button>
      <span class="grow" />
      <Button onPress={onLater}>{t('makerProfile.conflict.later')}</Button>
      <Button tone="primary" busy={busy.value} onPress={apply}>
        {t('makerProfile.conflict.apply')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('makerProfile.conflict.title', who)} size="large" onClose={onLater} actions={actions}>
      <p>{tn('makerProfile.conflict.text', merge.conflicts.length, who)}</p>
      <Table editor={editor} choosing={choosing} merge={merge} who={who} />
      <Kept merge={merge} />
    </Dialog>
  );
}

/** What nowhere meets is no question. */
function Kept({ merge: { onlyMine, onlyTheirs } }: { merge: Merge }) {
  const said = [
    onlyMine.length > 0 ? tn('makerProfile.conflict.keptMine', onlyMine.length) : '',
    onlyTheirs.length > 0 ? tn('makerProfile.conflict.keptTheirs', onlyTheirs.length) : '',
  ].filter(Boolean);
  return said.length > 0 ? <Note>{t('makerProfile.conflict.kept', names(said))}</Note> : null;
}

interface TableProps {
  readonly editor: Editor;
  readonly choosing: Choosing;
  readonly merge: Merge;
  readonly who: string;
}

function Table({ editor, choosing, merge, who }: TableProps) {
  const { queries } = useMaker();
  const { resources } = effectOf(editor, queries).read;
  return (
    <div class="conflicts" role="table" aria-label={names([t('makerProfile.conflict.mine'), t('makerProfile.conflict.theirs')])}>
      <div class="conflict head" role="row">
        {(['what', 'was', 'mine', 'theirs'] as const).map((column) => (
          <span key={column} role="columnheader">
            {t(`makerProfile.conflict.${column}`)}
            {column === 'mine' && <small>{t('makerProfile.conflict.byMe')}</small>}
            {column === 'theirs' && <small>{t('makerProfile.conflict.by', who)}</small>}
          </span>
        ))}
      </div>
      {merge.conflicts.map((conflict) => {
        const place = placeOf(conflict.id);
        const name = conflictName(place, resources.value);
        return (
          <div class="conflict" role="row" key={conflict.id} data-conflict={conflict.id}>
            <span role="rowheader">{name}</span>
            <span role="cell" class="before">
              {conflictValue(place, conflict.base, resources.value)}
            </span>
            {(['mine', 'theirs'] as const).map((side) => (
              <span role="cell" key={side}>
                <Side conflict={conflict} side={side} name={name} text={conflictValue(place, conflict[side], resources.value)} choosing={choosing} />
              </span>
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface SideProps {
  readonly conflict: MergeConflict;
  readonly side: MergeSide;
  readonly name: string;
  readonly text: string;
  readonly choosing: Choosing;
}

function Side({ conflict, side, name, text, choosing }: SideProps) {
  return (
    <label class="side">
      <input
        type="radio"
        name={`conflict ${conflict.id}`}
        aria-label={`${name}, ${t(`makerProfile.conflict.${side}`)}: ${text}`}
        checked={choosing.sideOf(conflict) === side}
        onChange={() => choosing.choose(conflict.id, side)}
      />
      <span>{text}</span>
    </label>
  );
}
