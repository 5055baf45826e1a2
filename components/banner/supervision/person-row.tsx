/** One of the people: how they stand, and behind it what can be done. */
import { useSignal } from '@preact/signals';
import type { WatchedFlow, WatchedPerson } from '../../../lib/api/shapes-supervision.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { clockTime, isoSpan, span, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { PersonVerbs } from './person-verbs.tsx';
import { CHANNEL_ICON, flowText } from './words.ts';

export function PersonRow({ person }: { person: WatchedPerson }) {
  const open = useSignal(false);
  const { id, name, profile, activity, lostSince } = person;
  return (
    <li class="sup-person" data-person={id} data-lost={lostSince !== null || undefined}>
      <button type="button" class="row" aria-expanded={open.value} aria-controls={`sup-${id}`} onClick={() => (open.value = !open.peek())}>
        <Avatar name={name} />
        <span class="grow">
          <span class="sup-line">
            <strong>{name}</strong>
            <Flows flows={person.flows} />
          </span>
          <span class="sup-line">
            <small>
              {activity && <span class="dot" style={{ '--dot': `var(--activity-${activity.category})` }} />}
              {activity?.name ?? t('sup.noActivity')} {activity && <Since at={activity.since} />}
            </small>
            <small>{lostSince === null ? t(`status.${person.status}`) : <Lost at={lostSince} />}</small>
          </span>
          <span class="sup-line">
            <small>{profile?.name ?? t('switcher.none')}</small>
            <small>{person.interaction ? <AtHand {...person.interaction} /> : t('sup.signedIn', clockTime(person.sessionSince))}</small>
          </span>
        </span>
        <Icon name={open.value ? 'chevron-up' : 'chevron-down'} size={16} class="muted" />
      </button>
      {open.value && (
        <div id={`sup-${id}`} class="sup-verbs" role="group" aria-label={t('sup.actOn', name)}>
          <PersonVerbs person={person} />
        </div>
      )}
    </li>
  );
}

/** Each channel that the profile gives: on, off, or kept off. Said once, as one sentence. */
function Flows({ flows }: { flows: readonly WatchedFlow[] }) {
  return (
    <span class="sup-flows">
      {flows.map((flow) => (
        <span key={flow.channel} data-flow={flow.forced ? 'forced' : flow.on ? 'on' : 'off'} title={flowText(flow)}>
          <Icon name={CHANNEL_ICON[flow.channel]} size={14} />
          {flow.forced && <Icon name="shield-alert" size={10} class="badge" />}
          <span class="sr">{flowText(flow)}</span>
        </span>
      ))}
    </span>
  );
}

/** How long, on the hub's clock: moves each second while it is seen. */
function Since({ at }: { at: number }) {
  const { banner } = useParts();
  const lasts = banner.hubNow.value - at;
  return (
    <time class="sup-time" dateTime={isoSpan(lasts)}>
      {span(lasts)}
    </time>
  );
}

function Lost({ at }: { at: number }) {
  return (
    <span class="sup-lost">
      <Icon name="cloud-off" size={12} /> {t('sup.lostSince', clockTime(at))}
    </span>
  );
}

function AtHand({ channel, phase, since, queue }: NonNullable<WatchedPerson['interaction']>) {
  return (
    <>
      <Icon name={CHANNEL_ICON[channel]} size={12} /> {t(`sup.phase.${phase}`)} {queue ?? t('sup.direct')} <Since at={since} />
    </>
  );
}
