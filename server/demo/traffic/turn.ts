/** One step of the day while it is made: what happens writes here, and `done` is the day after it. */
import type { ConnectorEvent, ConnectorOffer } from '../../../lib/api/connector.ts';
import type { Contact, Day, DayEffect, Due, Happening, Moment } from './day.ts';
import { type Range, within } from './random.ts';
import { recordingOf } from './tones.ts';

/** So many answers, and so many who left, are remembered: a hub asks again within seconds, if at all. */
const MOST_KEPT = 500;

type Changes = Partial<Pick<Day, 'places' | 'open' | 'failing'>>;

export interface Turn extends Moment {
  /** As it was at the beginning of the step. */
  readonly day: Day;
  readonly contacts: Map<string, Contact>;
  readonly commands: Map<string, NonNullable<ReturnType<Day['commands']['get']>> | null>;
  set(changes: Changes): void;
  /** A name for something new. */
  name(): string;
  later(after: Range | number, what: Happening): void;
  /** Takes back what was to happen to a contact by itself; an email that follows comes all the same. */
  cancel(ref: string): void;
  /** Takes what is due out of what is to happen, the earliest first. */
  takeDue(): readonly Happening[];
  offer(contact: Contact, offer: Omit<ConnectorOffer, 'ref'>): void;
  report(contact: Contact, event: ConnectorEvent): void;
  say(effect: DayEffect): void;
  /** The recording is over, where there is one. */
  recorded(contact: Contact): Contact;
  /** It is gone from here: with its recording, and with what was to happen to it. */
  drop(contact: Contact): void;
  done(): readonly [Day, readonly DayEffect[]];
}

export function createTurn(day: Day, { now, random }: Moment): Turn {
  let changes: Changes = {};
  let { named } = day;
  let due: Due[] = [...day.due];
  const gone = new Set(day.gone);
  const effects: DayEffect[] = [];
  const turn: Turn = {
    now,
    random,
    day,
    contacts: new Map(day.contacts),
    commands: new Map(day.commands),
    set: (more) => void (changes = { ...changes, ...more }),
    name: () => `${day.rules.run}-${++named}`,
    later: (after, what) => void due.push({ at: now + (typeof after === 'number' ? after : within(after, random)), what }),
    cancel: (ref) => void (due = due.filter(({ what }) => !('ref' in what && what.ref === ref && what.do !== 'mailAgain'))),
    takeDue() {
      const ripe = due.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
      due = due.filter(({ at }) => at > now);
      return ripe.map(({ what }) => what);
    },
    offer(contact, offer) {
      turn.contacts.set(contact.ref, contact);
      effects.push({ do: 'offer', offer: { ref: contact.ref, ...offer } });
      if (contact.waits) turn.later(contact.waits, { do: 'giveUp', ref: contact.ref });
    },
    report: ({ ref, id }, event) => void effects.push({ do: 'report', ref, id, event }),
    say: (effect) => void effects.push(effect),
    recorded(contact) {
      if (contact.recordedFrom === null) return contact;
      const seconds = Math.round((now - contact.recordedFrom) / 1000);
      turn.report(contact, { event: 'recorded', seconds, type: 'audio/wav', base64: recordingOf(seconds).toString('base64') });
      return { ...contact, recordedFrom: null };
    },
    drop(contact) {
      turn.recorded(contact);
      turn.cancel(contact.ref);
      turn.contacts.delete(contact.ref);
      gone.add(contact.ref);
    },
    done() {
      const commands = new Map([...turn.commands].slice(-MOST_KEPT));
      return [{ ...day, ...changes, contacts: turn.contacts, gone: new Set([...gone].slice(-MOST_KEPT)), commands, due, named }, effects];
    },
  };
  return turn;
}
