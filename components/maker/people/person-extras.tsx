/** Rights beside the profile: allowed or denied to this one person, each with what it comes to. */
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { extraGroups, effectOf, extraOf, type ExtraEffect, type ExtraField, type ExtraGroup, otherExtras } from '../../../lib/models/maker/people-extras.ts';
import { type Extra, withExtra } from '../../../lib/models/maker/people-form.ts';
import { finder } from '../../../lib/search.ts';
import type { NoProfile, Person } from '../../../lib/decide/index.ts';
import type { ProfileView } from '../../../lib/api/snapshot.ts';
import { SearchBox } from '../../ui/search.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { PanelSection } from '../resources/record/record-panel.tsx';
import { usePersonInForm, useProfileAtLogin } from './person-effect.ts';
import type { PersonForm } from './person-panel.tsx';

export function PersonExtras({ form, reason }: { form: PersonForm; reason: string | null }) {
  const { rights } = useMaker();
  const content = form.value.value;
  const search = useSignal('');
  const person = usePersonInForm(content);
  const profile = useProfileAtLogin(content);
  const found = useMemo(() => findGroups(search.value), [search.value]);
  const count = content.allow.length + content.deny.length;
  const others = [...otherExtras(content.allow), ...otherExtras(content.deny)];
  const set = (field: string, extra: Extra) => {
    const next = withExtra(form.value.peek(), field, extra);
    form.set('allow', next.allow);
    form.set('deny', next.deny);
  };
  const chosen = extraGroups.flatMap(({ fields }) => fields).filter(({ field }) => extraOf(person, field) !== 'none');
  const line = (group: ExtraGroup, extra: ExtraField, whole = false) => (
    <ExtraLine key={extra.field} before={extraOf(form.held.value?.value ?? NOTHING, extra.field)} whole={whole} group={group} extra={extra} person={person} profile={profile} reason={reason} set={set} />
  );
  return (
    <PanelSection title={t('makerPeople.extras.title')} note={t('makerPeople.extras.note')}>
      <SearchBox label={t('makerPeople.extras.search')} value={search.value} onInput={(typed) => (search.value = typed)} found={found.reduce((sum, { fields }) => sum + fields.length, 0)} />
      {search.value === '' && chosen.length === 0 && <p class="secondary">{t('makerPeople.extras.none')}</p>}
      {search.value === '' && chosen.length > 0 && (
        <ul class="lines">{extraGroups.flatMap((group) => group.fields.filter((extra) => chosen.includes(extra)).map((extra) => line(group, extra, true)))}</ul>
      )}
      {profile === undefined && !rights.value.may('profiles.read').allowed && <p class="secondary">{t('makerPeople.extras.noEffect')}</p>}
      {search.value === '' && others.length > 0 && <p class="secondary">{tn('makerPeople.extras.others', others.length)}</p>}
      {search.value === '' ? (
        <details class="all-extras">
          <summary>{t('makerPeople.extras.all')}</summary>
          <AllExtras line={line} count={count} />
        </details>
      ) : found.length === 0 ? (
        <p class="secondary">{t('ui.notFound', search.value)}</p>
      ) : (
        found.map((group) => <Group key={group.id} group={group} line={line} />)
      )}
    </PanelSection>
  );
}

const NOTHING = { allow: [], deny: [] } as const;

type Line = (group: ExtraGroup, extra: ExtraField) => VNode;

/** Drawn only once they are opened: there are more than two hundred. */
function AllExtras({ line }: { line: Line; count: number }) {
  const open = useSignal<string | null>(null);
  return (
    <div class="extra-groups">
      {extraGroups.map((group) => (
        <details key={group.id} open={open.value === group.id} onToggle={({ currentTarget }) => currentTarget.open && (open.value = group.id)}>
          <summary>
            {group.ofMaker ? t('makerPeople.extras.ofMaker', t(group.label)) : t(group.label)}
            <small>{tn('makerPeople.extras.rights', group.fields.length)}</small>
          </summary>
          {open.value === group.id && <ul class="lines">{group.fields.map((extra) => line(group, extra))}</ul>}
        </details>
      ))}
    </div>
  );
}

const Group = ({ group, line }: { group: ExtraGroup; line: Line }) => (
  <div class="extra-group">
    <h4>{group.ofMaker ? t('makerPeople.extras.ofMaker', t(group.label)) : t(group.label)}</h4>
    <ul class="lines">{group.fields.map((extra) => line(group, extra))}</ul>
  </div>
);

interface LineProps {
  /** Says in which section it is. */
  readonly whole: boolean;
  /** As the hub has it. */
  readonly before: Extra;
  readonly group: ExtraGroup;
  readonly extra: ExtraField;
  readonly person: Person;
  readonly profile: ProfileView | NoProfile | undefined;
  readonly reason: string | null;
  readonly set: (field: string, extra: Extra) => void;
}

function ExtraLine({ whole, before, group, extra: { field, label, channel }, person, profile, reason, set }: LineProps) {
  const { rights } = useMaker();
  const now = extraOf(person, field);
  const name = [group.ofMaker ? t('makerPeople.extras.ofMaker', t(group.label)) : t(group.label), ...(channel ? [t(channel)] : []), t(label)].join(' → ');
  const effect = profile === undefined ? null : effectOf(field, person, profile);
  const mayGive = rights.value.mayGrant(field, 'allow');
  /** To deny no longer what was denied is to give, too. */
  const reasonFor = (extra: Extra): string | null =>
    reason ?? (mayGive || extra === before || extra === 'deny' || (extra === 'none' && before === 'allow') ? null : t('makerPeople.extras.notYours'));
  return (
    <li class="line-item extra" data-field={field} data-extra={now}>
      <span class="grow">
        {whole ? name : channel ? t('makerPeople.extras.inChannel', t(channel), t(label)) : t(label)}
        <small class={effect && GOOD.has(effect) ? 'good-text' : ''}>{effect && effectText(effect, profile)}</small>
      </span>
      <span class="triple" role="radiogroup" aria-label={name}>
        {(['none', 'allow', 'deny'] as const).map((extra) => {
          const why = reasonFor(extra);
          return (
            <label key={extra} class={`triple-choice ${extra}`} data-tip={why ?? undefined} data-disabled={Boolean(why)}>
              <input
                type="radio"
                name={`extra-${field}`}
                checked={now === extra}
                aria-disabled={why ? true : undefined}
                onClick={(event) => why && event.preventDefault()}
                onChange={() => !why && set(field, extra)}
              />
              {t(`makerPeople.extras.choice.${extra}`)}
              {why && <span class="sr">{why}</span>}
            </label>
          );
        })}
      </span>
    </li>
  );
}

const GOOD: ReadonlySet<ExtraEffect> = new Set(['allowed', 'allowedAlready', 'granted', 'administrator']);

const effectText = (effect: ExtraEffect, profile: ProfileView | NoProfile | undefined): string =>
  t(`makerPeople.extras.effect.${effect}`, typeof profile === 'object' ? profile.name : '');

/** Groups with what was found in them, by the names of group, channel and right. */
function findGroups(search: string): readonly ExtraGroup[] {
  if (search.trim() === '') return [];
  const finds = finder(search);
  return extraGroups.flatMap((group) => {
    const fields = group.fields.filter(({ field, label, channel }) =>
      finds([t(group.label), channel ? t(channel) : '', t(label), field, group.ofMaker ? t('console.title') : ''].join('\n')),
    );
    return fields.length > 0 ? [{ ...group, fields }] : [];
  });
}
