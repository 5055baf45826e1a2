/** Who is in a team and who manages it: found by search, added and taken out many at once. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { finder } from '../../../lib/search.ts';
import { managing, withMembers, withoutMembers } from '../../../lib/models/maker/teams-form.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Picker } from '../../ui/picker.tsx';
import { SearchBox } from '../../ui/search.tsx';
import type { Reading } from '../../ui/states.tsx';
import { Switch } from '../../ui/switch.tsx';
import { t, tn } from '../../ui/text.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { PanelSection } from '../resources/record/record-panel.tsx';
import type { TeamForm } from './team-panel.tsx';

interface Props {
  readonly form: TeamForm;
  readonly people: readonly PersonSummary[];
  /** What `people` are of. */
  readonly read: Reading;
  readonly reason: string | null;
}

const ROW = 44;
/** Above it a search is worth its room. */
const MANY = 8;

export function TeamMembers({ form, people, read, reason }: Props) {
  const growing = !read.whole.value;
  const adding = useSignal(false);
  const removing = useSignal(false);
  const search = useSignal('');
  const { members } = form.value.value;
  const byId = useMemo(() => new Map(people.map((person) => [person.id, person])), [people]);
  const rows = useMemo(() => {
    const all = members.map((member) => ({ ...member, person: byId.get(member.personId) }));
    const finds = finder(search.value);
    return all
      .filter(({ person }) => finds(`${person?.name ?? ''}\n${person?.email ?? ''}`))
      .toSorted((a, b) => Number(b.manages) - Number(a.manages) || (a.person?.name ?? '').localeCompare(b.person?.name ?? ''));
  }, [members, byId, search.value]);
  const unknown = growing ? '…' : t('makerPeople.unknown');
  const set = (next: typeof members) => form.set('members', next);
  return (
    <PanelSection
      title={tn('makerTeams.members', members.length)}
      action={
        <>
          {members.length > 1 && (
            <Button tone="plain" disabledReason={reason} onPress={() => (removing.value = true)}>
              {t('makerTeams.removeMany')}
            </Button>
          )}
          <Button icon="plus" disabledReason={reason} onPress={() => (adding.value = true)}>
            {t('makerTeams.add')}
          </Button>
        </>
      }
    >
      {members.length > MANY && <SearchBox label={t('makerTeams.searchMembers')} value={search.value} onInput={(typed) => (search.value = typed)} found={growing ? undefined : rows.length} />}
      {members.length === 0 && <p class="secondary">{t('makerTeams.empty')}</p>}
      {rows.length > 0 && (
        <div class="members" style={{ blockSize: `${Math.min(rows.length, 9) * ROW}px` }}>
          <VirtualList
            label={t('makerTeams.field.members')}
            items={rows}
            rowHeight={ROW}
            itemKey={({ personId }) => personId}
            render={({ personId, manages, person }) => (
              <div class="line-item">
                <Avatar name={person?.name ?? '?'} size={24} />
                <a class="grow" href={hrefOf({ page: 'people', personId })}>
                  {person?.name ?? unknown}
                </a>
                <Switch checked={manages} label={t('makerPeople.manages')} disabledReason={reason} onChange={(next) => set(managing(members, personId, next))} />
                <IconButton icon="x" label={t('makerTeams.remove', person?.name ?? unknown)} disabledReason={reason} onPress={() => set(withoutMembers(members, new Set([personId])))} />
              </div>
            )}
          />
        </div>
      )}
      {adding.value && (
        <Picker
          title={t('makerTeams.add')}
          multiple
          read={read}
          options={people
            .filter(({ id, disabled }) => !disabled && !members.some(({ personId }) => personId === id))
            .map(({ id, name, email }) => ({ id, name, detail: email }))}
          action={t('makerPeople.add')}
          onPick={(ids) => {
            set(withMembers(members, ids));
            adding.value = false;
          }}
          onClose={() => (adding.value = false)}
        />
      )}
      {removing.value && (
        <Picker
          title={t('makerTeams.removeMany')}
          multiple
          options={rows.map(({ personId, person }) => ({ id: personId, name: person?.name ?? unknown, detail: person?.email }))}
          action={t('makerTeams.removeThem')}
          onPick={(ids) => {
            set(withoutMembers(members, new Set(ids)));
            removing.value = false;
          }}
          onClose={() => (removing.value = false)}
        />
      )}
    </PanelSection>
  );
}
