/** What happens at the demo's telephone system and gateways, one thing at a time. */
import type { ConnectorOffer } from '../../../lib/api/connector.ts';
import { type Channel, CHANNELS } from '../../../lib/catalogue/types.ts';
import { carryOut, talk } from './carry-out.ts';
import type { Contact, Day, DayEffect, DayEvent, Happening, Moment, OtherSide, Scripted } from './day.ts';
import { ANSWERS, EVERY, MAILS_AGAIN_AFTER, MOST_WAITING, PATIENCE, STAYS, STAYS_AFTER_HOLD, UNEVEN } from './habits.ts';
import { type Coming, nextOf } from './offering.ts';
import { createTurn, type Turn } from './turn.ts';

export function step(day: Day, event: DayEvent, moment: Moment): readonly [Day, readonly DayEffect[]] {
  const turn = createTurn(day, moment);
  EVENTS[event.type](turn, event as never);
  return turn.done();
}

type On<T extends DayEvent['type']> = (turn: Turn, event: Extract<DayEvent, { type: T }>) => void;

const EVENTS: { readonly [T in DayEvent['type']]: On<T> } = {
  tick(turn) {
    for (const what of turn.takeDue()) HAPPENINGS[what.do](turn, what as never);
  },
  open(turn, { places }) {
    turn.set({ places, open: true });
    // At the first time the day begins.
    if (turn.day.places === null) for (const channel of CHANNELS) nextComes(turn, channel, turn.day.rules.quietMs);
  },
  lost: (turn) => turn.set({ open: false }),
  command(turn, { command }) {
    const known = turn.commands.get(command.id);
    // Asked again: the answer was lost on its way, or is about to be given.
    if (known) return turn.say({ do: 'answer', commandId: command.id, result: known });
    if (known === null) return;
    turn.commands.set(command.id, null);
    turn.later(ANSWERS, { do: 'carryOut', command });
  },
  offered(turn, { ref, id }) {
    const contact = turn.contacts.get(ref);
    if (contact?.id === null) turn.contacts.set(ref, { ...contact, id });
  },
  refused(turn, { ref }) {
    turn.cancel(ref);
    turn.contacts.delete(ref);
  },
  script(turn, { ref, scripted }) {
    turn.offer(scriptedContact(ref, scripted), scripted.offer);
  },
  end: (turn, { ref }) => leave(turn, turn.contacts.get(ref)),
  write(turn, { ref, text }) {
    const contact = turn.contacts.get(ref);
    if (contact) turn.report(contact, { event: 'message', text });
  },
  otherSide: (turn, { ref, event }) => otherSide(turn, ref, event),
  fail: (turn, { verb, why }) => turn.set({ failing: [...turn.day.failing, { verb, why }] }),
  stop(turn) {
    for (const contact of turn.contacts.values()) leave(turn, contact);
  },
};

type Do<D extends Happening['do']> = (turn: Turn, what: Extract<Happening, { do: D }>) => void;

const HAPPENINGS: { readonly [D in Happening['do']]: Do<D> } = {
  come(turn, { channel }) {
    nextComes(turn, channel);
    const { places, open } = turn.day;
    if (!places || !open) return;
    const coming = nextOf(channel, places, ({ id }) => hasRoom(turn, id, channel), turn.random);
    if (coming) turn.offer(comingContact(turn.name(), coming), coming.offer);
  },
  carryOut(turn, { command }) {
    const result = carryOut(turn, command);
    turn.commands.set(command.id, result);
    turn.say({ do: 'answer', commandId: command.id, result });
  },
  giveUp(turn, { ref }) {
    const contact = turn.contacts.get(ref);
    if (contact?.state === 'waiting') leave(turn, contact);
  },
  leave(turn, { ref }) {
    const contact = turn.contacts.get(ref);
    if (contact?.held) turn.later(STAYS_AFTER_HOLD, { do: 'leave', ref });
    else leave(turn, contact);
  },
  writeAgain(turn, { ref }) {
    const contact = turn.contacts.get(ref);
    const [text, ...replies] = contact?.replies ?? [];
    if (!contact || text === undefined) return;
    turn.report(contact, { event: 'message', text });
    turn.contacts.set(ref, { ...contact, replies });
    if (contact.stays) turn.later(contact.stays, { do: 'leave', ref });
  },
  mailAgain(turn, what) {
    const contact = turn.contacts.get(what.ref);
    if (contact) return turn.report(contact, { event: 'message', text: what.offer.text ?? '' });
    // The first is closed: it comes as a new one, once there is room for it.
    if (turn.day.open && hasRoom(turn, what.offer.queueId ?? '', 'email')) turn.offer(contactOf(turn.name(), what.offer), what.offer);
    else turn.later(MAILS_AGAIN_AFTER, what);
  },
  otherSide: (turn, { ref, event }) => otherSide(turn, ref, event),
};

/** Nobody comes by themselves at pace 0. */
function nextComes(turn: Turn, channel: Channel, quietMs = 0): void {
  const { pace } = turn.day.rules;
  if (pace === 0) return;
  const [least, most] = UNEVEN;
  const average = EVERY[channel] / pace;
  turn.later([quietMs + average * least, quietMs + average * most], { do: 'come', channel });
}

const hasRoom = ({ contacts }: Turn, queueId: string, channel: Channel): boolean =>
  [...contacts.values()].filter((contact) => contact.state === 'waiting' && contact.queueId === queueId && contact.channel === channel).length < MOST_WAITING[channel];

const contactOf = (ref: string, offer: Omit<ConnectorOffer, 'ref'>): Contact => ({
  ref,
  id: null,
  channel: offer.channel,
  state: 'waiting',
  queueId: offer.queueId ?? null,
  offer,
  held: false,
  recordedFrom: null,
  waits: PATIENCE[offer.channel],
  stays: STAYS[offer.channel],
  replies: [],
  again: null,
});

const comingContact = (ref: string, { offer, replies, afterAnswer }: Coming): Contact => ({
  ...contactOf(ref, offer),
  replies,
  again: afterAnswer === null ? null : { ...offer, subject: `Re: ${offer.subject ?? ''}`, text: afterAnswer },
});

/** Does by itself only what the script says. */
const scriptedContact = (ref: string, { offer, waits, stays, replies }: Scripted): Contact => ({
  ...contactOf(ref, offer),
  waits: waits === null ? null : [waits, waits],
  stays: stays === null ? null : [stays, stays],
  replies,
});

function leave(turn: Turn, contact: Contact | undefined): void {
  if (!contact) return;
  // It was passed on, and goes by another name at the hub: offered again, the hub says which.
  if (contact.id === null && contact.offer) turn.say({ do: 'offer', offer: { ref: contact.ref, ...contact.offer } });
  turn.report(contact, { event: 'ended' });
  turn.drop(contact);
}

function otherSide(turn: Turn, ref: string, event: OtherSide): void {
  const contact = turn.contacts.get(ref);
  if (!contact) return;
  turn.report(contact, event);
  switch (event.event) {
    case 'answered':
      return talk(turn, contact);
    case 'failed':
      return turn.drop(contact);
    case 'consultEnded':
      turn.contacts.set(ref, { ...contact, held: false });
  }
}
