import { useSignal } from '@preact/signals';
import type { ResourceWithUse } from '../../../lib/api/routes.ts';
import type { ResourceKind } from '../../../lib/catalogue/index.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { problemText } from '../../ui/problem.ts';
import { Note } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { ProfileLinks } from './used-by.tsx';

interface Props {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
  readonly namedBy: ResourceWithUse['namedBy'];
  readonly forget: () => void;
  readonly onClose: () => unknown;
}

/** For good; not while a profile names it, and then it says which. */
export function DeleteResource({ kind, id, name, namedBy, forget, onClose }: Props) {
  const { queries, toasts, go } = useMaker();
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const refusedBy = useSignal<readonly { id: string; name: string }[]>(namedBy);
  const inUse = refusedBy.value.length > 0;
  const remove = async () => {
    busy.value = true;
    const answer = await queries.write('deleteResource', { params: { kind, id } }, { stale: ['listResources'] });
    busy.value = false;
    if (answer.ok) {
      forget();
      toasts.say({ tone: 'good', text: t('makerResources.deleted', name) });
      go({ page: 'resources', kind, resourceId: null });
    } else if (answer.problem.code === 'resource.inUse') refusedBy.value = answer.problem.profiles ?? [];
    else problem.value = problemText(answer.problem);
  };
  return (
    <Confirm
      title={t('makerResources.deleteTitle', name)}
      text={inUse ? t('makerResources.inUse') : t('makerResources.deleteText')}
      action={t('makerResources.delete')}
      tone="danger"
      busy={busy.value}
      disabledReason={inUse ? t('makerResources.inUseReason') : null}
      onConfirm={remove}
      onClose={onClose}
    >
      {inUse && (
        <>
          <ProfileLinks kind={kind} namedBy={refusedBy.value} />
          <Note>{t('makerResources.archiveInstead')}</Note>
        </>
      )}
      {problem.value && (
        <p class="warn-text" role="alert">
          {problem.value}
        </p>
      )}
    </Confirm>
  );
}
