/** What is to be said of a field beside its value: what it needs, what the linter found, what the hub refused. */
import type { Finding } from '../../../lib/profile/lint.ts';
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { SettingLink } from '../publish/links.tsx';
import { findingText } from '../publish/words.ts';
import { useFieldPage } from './settings-context.ts';
import { needText } from './words.ts';

export function FieldNotes({ model }: { model: FieldModel }) {
  const { editor } = useFieldPage();
  const { profileId } = editor;
  const { field } = model;
  const editing = editor.editing.value;
  const refused = model.refused.value;
  const need = model.need.value;
  const lock = model.lock.value;
  const findings = model.findings.value;
  return (
    <>
      {/* The linter says it better of what is on. */}
      {editing && need && lock?.why !== 'grant' && findings.length === 0 && (
        <small class="need">
          <Icon name="lock" size={12} />
          <SettingLink profileId={profileId} setting={need.on === 'row' ? need.tab : need.fields[0]!}>
            {needText(need)}
          </SettingLink>
        </small>
      )}
      {editing && lock?.why === 'grant' && (
        <small class="need">
          <Icon name="lock" size={12} />
          {t('makerSettings.grant')}
        </small>
      )}
      {editing && !lock && field.type === 'choice' && !field.choices.every(model.mayBe) && (
        <small class="need">
          <Icon name="lock" size={12} />
          {t('makerSettings.grantPartly')}
        </small>
      )}
      {refused && (
        <small class="found error" role="alert">
          <Icon name="circle-alert" size={13} />
          {t(refused === 'grant' ? 'makerSettings.refusedGrant' : 'makerSettings.nameTaken')}
        </small>
      )}
      {findings.map((finding) => (
        <FindingNote key={finding.code} finding={finding} />
      ))}
    </>
  );
}

function FindingNote({ finding }: { finding: Finding }) {
  const error = finding.severity === 'error';
  return (
    <small class={`found ${finding.severity}`} data-finding={finding.code}>
      <Icon name={error ? 'circle-alert' : 'triangle-alert'} size={13} />
      {findingText(finding)}
    </small>
  );
}
