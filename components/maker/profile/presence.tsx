/** Who else has the profile open. */
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { names, t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';

/** As many pictures as there is room for. */
const MOST = 3;

export function Presence({ editor }: { editor: Editor }) {
  const { state } = useMaker();
  const me = state.value?.snapshot?.person.id;
  const others = (editor.watch.value?.editors ?? []).filter(({ personId }) => personId !== me);
  const said = names(others.map(({ name, editing }) => t(`makerProfile.presence.${editing ? 'editing' : 'reading'}`, name)), 6);
  return (
    <span class="presence" role="status" data-tip={said || undefined} data-others={others.length}>
      {others.length > 0 && (
        <>
          <span class="faces" aria-hidden="true">
            {others.slice(0, MOST).map(({ personId, name, editing }) => (
              <span key={personId} class="face" data-editing={editing}>
                <Avatar name={name} size={24} />
              </span>
            ))}
            {others.length > MOST && <span class="face rest">+{others.length - MOST}</span>}
          </span>
          <span class="also" aria-hidden="true">
            {t('makerProfile.alsoHere')}
          </span>
          <span class="sr">{said}</span>
        </>
      )}
    </span>
  );
}
