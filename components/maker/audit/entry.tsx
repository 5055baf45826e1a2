/** One entry of the audit: in a sentence, and opened with what was before and after. */
import { useComputed, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { AuditEntry } from '../../../lib/api/routes.ts';
import { auditChanges, hasChanges } from '../../../lib/models/maker/audit-changes.ts';
import { createResources } from '../../../lib/models/maker/publish-resources.ts';
import { diff } from '../../../lib/profile/diff.ts';
import { diffInWords } from '../../../lib/profile/words.ts';
import { clockTime, t } from '../../ui/text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { useMaker } from '../context.ts';
import { ChangeList } from '../publish/change-list.tsx';
import { wordsWith } from '../publish/words.ts';
import { actionText, deedText, type NameOf, pathText, valueText } from './words.ts';

const ICONS: Readonly<Record<string, IconName>> = {
  publish: 'send',
  rollBack: 'rotate-ccw',
  refresh: 'refresh-cw',
  create: 'plus',
  duplicate: 'copy',
  import: 'upload',
  delete: 'trash-2',
  revoke: 'ban',
  archive: 'archive',
  unarchive: 'archive-restore',
  assign: 'user-round-plus',
  unassign: 'user-round-x',
  disable: 'user-round-x',
  enable: 'user-round-check',
  schedule: 'calendar-clock',
  cancelSchedule: 'calendar-x',
  setPassword: 'key-round',
  dropDraft: 'undo-2',
};

export function Entry({ entry, nameOf }: { entry: AuditEntry; nameOf: NameOf }) {
  const open = useSignal(false);
  const verb = entry.action.split('.')[1] ?? '';
  const opens = useMemo(() => hasChanges(entry), [entry]);
  const line = (
    <>
      <span class={`sign ${verb}`} data-tip={actionText(entry.action)}>
        <Icon name={ICONS[verb] ?? 'pencil'} size={15} />
      </span>
      <span class="deed">
        {entry.actor && <Avatar name={entry.actor.name} size={20} />}
        <span>
          <strong>{entry.actor?.name ?? t('makerAudit.commandLine')}</strong> {deedText(entry, nameOf)}
        </span>
      </span>
      <time dateTime={new Date(entry.at).toISOString()} data-tip={formatTime(entry.at)}>
        {clockTime(entry.at)}
      </time>
    </>
  );
  if (!opens) {
    return (
      <div class="entry" data-action={entry.action}>
        {line}
        <span class="chevron" />
      </div>
    );
  }
  return (
    <details class="entry-more" data-action={entry.action} onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary class="entry">
        {line}
        <Icon name="chevron-down" size={16} class="chevron" />
      </summary>
      {open.value && <Changes entry={entry} nameOf={nameOf} />}
    </details>
  );
}

function Changes({ entry, nameOf }: { entry: AuditEntry; nameOf: NameOf }) {
  const { queries } = useMaker();
  const changes = useMemo(() => auditChanges(entry), [entry]);
  const documents = useComputed(() => (changes.documents ? [changes.documents.before, changes.documents.after] : []));
  const known = useComputed(() => ({}));
  const resources = useMemo(() => createResources({ queries, known, documents }), [entry]);
  const groups = useComputed(() => {
    const words = wordsWith((id) => resources.nameOf(id) ?? nameOf(id));
    return changes.documents ? diffInWords(diff(changes.documents.before, changes.documents.after), words) : [];
  }).value;
  return (
    <div class="changes-of">
      {changes.values.length > 0 && (
        <table class="before-after">
          <thead>
            <tr>
              <th scope="col">{t('makerAudit.what')}</th>
              <th scope="col">{t('makerAudit.before')}</th>
              <th scope="col">{t('makerAudit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.values.map((value) => (
              <tr key={value.path.join('.')}>
                <th scope="row">{pathText(value, entry.subject?.kind ?? '')}</th>
                <td class="was">{valueText(value.before, value.path[0]!, nameOf)}</td>
                <td class="is">{valueText(value.after, value.path[0]!, nameOf)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {groups.length > 0 && <ChangeList groups={groups} profileId={null} />}
    </div>
  );
}
