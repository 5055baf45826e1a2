/** Those who are not signed in, below those at work: seen, and nothing to be done with them. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AwayPerson } from '../../../lib/api/shapes-supervision.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { clockTime, t, tn } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { useSupervising } from './context.ts';

/** More than this nobody looks through: they are searched for. */
const MOST = 100;

/** @param opened whatever the person chose: what is searched for is shown */
export function Away({ opened }: { opened: boolean }) {
  const people = useSupervising().away.value;
  const chosen = useSignal(false);
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen.value) head.current?.scrollIntoView({ block: 'start' });
  }, [chosen.value]);
  if (people.length === 0) return null;
  const open = opened || chosen.value;
  return (
    <section class="sup-away" data-away={people.length}>
      <button ref={head} type="button" class="sup-away-head" aria-expanded={open} aria-controls="sup-away" onClick={() => (chosen.value = !open)}>
        <Icon name={open ? 'chevron-up' : 'chevron-down'} size={16} />
        {tn('sup.away.count', people.length)}
      </button>
      {open && (
        <ul id="sup-away" class="sup-people">
          {people.slice(0, MOST).map((person) => (
            <Line key={person.id} person={person} />
          ))}
          {people.length > MOST && <li class="hint">{tn('sup.away.more', people.length - MOST)}</li>}
        </ul>
      )}
    </section>
  );
}

function Line({ person: { id, name, profile, since } }: { person: AwayPerson }) {
  const { banner } = useParts();
  return (
    <li class="sup-person row" data-away-person={id}>
      <Avatar name={name} />
      <span class="grow">
        <span class="sup-line">
          <strong>{name}</strong>
        </span>
        <span class="sup-line">
          <small>{profile.name}</small>
          <small>{since === null ? t('sup.away.never') : t('sup.away.since', isToday(since, banner.hubNow.peek()) ? clockTime(since) : formatTime(since))}</small>
        </span>
      </span>
    </li>
  );
}

const isToday = (at: number, now: number): boolean => new Date(at).toDateString() === new Date(now).toDateString();
