import { useSignal } from '@preact/signals';
import type { ResourceWithUse } from '../../../lib/api/routes.ts';
import type { ResourceKind } from '../../../lib/catalogue/index.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { problemText } from '../../ui/problem.ts';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { follows } from './reach.ts';
import { ProfileLinks } from './used-by.tsx';

interface Props {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly namedBy: ResourceWithUse['namedBy'];
  readonly onClose: () => unknown;
}

/** Archives, or brings back, once it is clear whom that reaches. */
export function ArchiveResource({ kind, id, name, archived, namedBy, onClose }: Props) {
  const { queries, toasts } = useMaker();
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const act = archived ? 'bringBack' : 'archive';
  const go = async () => {
    busy.value = true;
    const answer = await queries.write('archiveResource', { params: { kind, id }, body: { archived: !archived } }, { stale: ['listResources', 'readResource'] });
    busy.value = false;
    if (!answer.ok) return void (problem.value = problemText(answer.problem));
    toasts.say({ tone: 'good', text: t(`makerResources.${act}Said`, name) });
    onClose();
  };
  return (
    <Confirm title={t(`makerResources.${act}Title`, name)} text={t(`makerResources.${act}Text`)} action={t(`makerResources.${act}`)} busy={busy.value} onConfirm={go} onClose={onClose}>
      {namedBy.length > 0 && (
        <>
          <p>{follows(namedBy)}</p>
          <ProfileLinks kind={kind} namedBy={namedBy} />
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
