/** Which people gain and lose what, by group: those for whom the same changes. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Impact } from '../../../lib/api/shapes-maker.ts';
import { compareNames } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { names, t, tn } from '../../ui/text.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { controlName } from './words.ts';

interface Props {
  readonly impact: Impact;
  readonly nameOf: (id: string) => string | null;
  /** It is of an earlier draft: a newer answer is awaited. */
  readonly behind: boolean;
}
type Group = Impact['groups'][number];

/** How many names of controls one line has before the rest is counted. */
const MOST = 3;

export function Affected({ impact, nameOf, behind }: Props) {
  if (impact.groups.length === 0) return <p class="same">{t('makerPublish.nobodyAffected')}</p>;
  return (
    <section class="affected" aria-label={t('makerPublish.affected')} data-behind={behind}>
      <h3>{t('makerPublish.affected')}</h3>
      {impact.keep > 0 && <p class="keeps">{tn('makerPublish.keepAny', impact.keep)}</p>}
      {impact.groups.map((group, index) => (
        <GroupOf key={index} group={group} nameOf={nameOf} />
      ))}
    </section>
  );
}

function GroupOf({ group, nameOf }: { group: Group; nameOf: Props['nameOf'] }) {
  const open = useSignal(false);
  const named = (ids: readonly string[], most: number) => names(ids.map((id) => controlName(id, nameOf)), most);
  const lists = [
    ['lost', 'taken', group.lost],
    ['gained', 'granted', group.gained],
  ] as const;
  return (
    <details class="group" open={open.value} onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary>
        <Icon name="chevron-right" size={14} />
        <span>
          <strong>{tn('makerPublish.people', group.people.length)}</strong>
          {lists.map(([what, tone, ids]) => ids.length > 0 && (
            <small key={what} class={tone}>
              {t(`makerPublish.${what}`, named(ids, open.value ? ids.length : MOST))}
            </small>
          ))}
          {group.kept.length > 0 && <small class="keeps">{t('makerPublish.kept', named(group.kept, MOST))}</small>}
        </span>
      </summary>
      {open.value && <People people={group.people} />}
    </details>
  );
}

/** A list this long is drawn as far as it is seen. */
const LONG = 30;
const ROW = 24;

/** Whoever is in the middle of something first, then who is online. */
const urgency = ({ online, inInteraction }: Group['people'][number]): number => (inInteraction ? 0 : online ? 1 : 2);

function People({ people: unsorted }: { people: Group['people'] }) {
  const people = useMemo(() => unsorted.toSorted((a, b) => urgency(a) - urgency(b) || compareNames(a.name, b.name)), [unsorted]);
  const line = (person: Group['people'][number]) => (
    <span class="person">
      <span class={`online-dot ${person.online ? 'online' : ''}`} aria-hidden="true" />
      <span class="name">{person.name}</span>
      {person.online && <small>{t(person.inInteraction ? 'makerPublish.inInteraction' : 'makerPublish.online')}</small>}
    </span>
  );
  const label = tn('makerPublish.people', people.length);
  if (people.length <= LONG) {
    return (
      <ul class="people" aria-label={label}>
        {people.map((person) => (
          <li key={person.id}>{line(person)}</li>
        ))}
      </ul>
    );
  }
  return (
    <div class="people long">
      <VirtualList items={people} rowHeight={ROW} render={line} label={label} itemKey={({ id }) => id} />
    </div>
  );
}
