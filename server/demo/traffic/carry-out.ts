/** What each command does on this side. */
import type { AnyCommand, CommandResult, ConnectorCommand, ConnectorVerb, WorkflowCommand } from '../../../lib/api/connector.ts';
import type { Contact } from './day.ts';
import { BUSY_AFTER, CLOSES_AFTER, FAILS_SHARE, hurried, MAILS_AGAIN_AFTER, MAILS_AGAIN_SHARE, RINGS, STAYS, UNANSWERED_AFTER, UNTAKEN_AFTER, WRITES_AFTER } from './habits.ts';
import type { Range } from './random.ts';
import type { Turn } from './turn.ts';

const DONE: CommandResult = { result: 'done' };
const failed = (why: string): CommandResult => ({ result: 'failed', why });

export const CALL_BACK = 'plan-call-back';
const CALL_BACK_AFTER = 2 * 60 * 60_000;

/** In the hub's name of a second line, after the name of the one that it is for. */
const LINE = '/consult/';

/** What a telephone system says when it says anything. */
const FLAKY = ['No line was free.', 'The exchange did not answer in time.', 'The gateway refused it: try again.'];

/** Carries one out that was not carried out before. */
export function carryOut(turn: Turn, command: AnyCommand): CommandResult {
  const scripted = takeFailing(turn, command.verb);
  if (scripted) return failed(scripted);
  // Nobody is kept on a line for the sake of the play.
  if (turn.day.rules.flaky && command.verb !== 'hangup' && turn.random() < FAILS_SHARE) return failed(FLAKY[Math.floor(turn.random() * FLAKY.length)] as string);
  if (command.verb === 'run') return runWorkflow(turn, command);
  const contact = contactOf(turn, command);
  if (!contact && turn.day.gone.has(command.ref)) return LETS_GO.has(command.verb) ? DONE : failed('The customer has hung up.');
  return VERBS[command.verb](turn, contact ?? adopted(turn, command), command);
}

/** What the demo's telephone system has workflows for. */
function runWorkflow({ now }: Turn, { workflow, variables }: WorkflowCommand): CommandResult {
  if (workflow !== CALL_BACK) return failed(`There is no workflow named ${workflow} here.`);
  const at = new Date(now + CALL_BACK_AFTER);
  const who = variables['customer.number'] || variables['customer.name'] || 'the customer';
  return { result: 'done', message: `A call back to ${who} is planned for ${at.toISOString().slice(11, 16)} UTC.` };
}

function takeFailing(turn: Turn, verb: AnyCommand['verb']): string | null {
  const at = turn.day.failing.findIndex((each) => each.verb === verb);
  if (at < 0) return null;
  turn.set({ failing: turn.day.failing.toSpliced(at, 1) });
  return turn.day.failing[at]!.why;
}

/** By its name here, or by the hub's; which of the hub's interactions it is may change, when it is passed on. */
function contactOf({ contacts }: Turn, { ref, interactionId }: ConnectorCommand): Contact | null {
  const contact = contacts.get(ref) ?? [...contacts.values()].find(({ id }) => id === interactionId);
  return contact ? { ...contact, id: interactionId } : null;
}

/** Of one whom the customer has left already, these are done. */
const LETS_GO: ReadonlySet<ConnectorVerb> = new Set(['hangup', 'stopRecording', 'unmute', 'resume', 'endConsult', 'unanswered']);

/** One from before this process was started, a line to a colleague, or one that somebody in the centre begins. */
const adopted = ({ day }: Turn, { ref, interactionId, channel }: ConnectorCommand): Contact => ({
  ref,
  id: interactionId,
  channel,
  state: 'talking',
  queueId: null,
  offer: null,
  held: false,
  recordedFrom: null,
  waits: null,
  stays: day.rules.pace > 0 && !ref.includes(LINE) ? STAYS[channel] : null,
  replies: [],
  again: null,
});

type CarryOut = (turn: Turn, contact: Contact, command: ConnectorCommand) => CommandResult;

const keep = (change: (contact: Contact, turn: Turn) => Partial<Contact>): CarryOut => (turn, contact) => {
  turn.contacts.set(contact.ref, { ...contact, ...change(contact, turn) });
  return DONE;
};
const nothing = keep(() => ({}));
const goodbye: CarryOut = (turn, contact) => {
  dropLines(turn, contact);
  turn.drop(contact);
  return DONE;
};

const VERBS: Readonly<Record<ConnectorVerb, CarryOut>> = {
  answer(turn, contact) {
    talk(turn, contact);
    // A colleague took the line of a consultation: nobody needs to be played.
    const of = contact.ref.split(LINE)[0] as string;
    if (of !== contact.ref) onlyLeave(turn, turn.contacts.get(of));
    return DONE;
  },
  dial(turn, contact, command) {
    const ref = turn.name();
    turn.contacts.delete(contact.ref);
    const called = { ...contact, ref, state: 'ringing' as const };
    turn.contacts.set(ref, called);
    const [after, why] = outcomeAt(turn, numberOf(command));
    turn.later(after, { do: 'otherSide', ref, event: why === null ? { event: 'answered' } : { event: 'failed', why } });
    return { result: 'done', ref };
  },
  hold: keep(() => ({ held: true })),
  resume: keep(() => ({ held: false })),
  mute: nothing,
  unmute: nothing,
  record: keep(({ recordedFrom }, { now }) => ({ recordedFrom: recordedFrom ?? now })),
  stopRecording(turn, contact) {
    turn.contacts.set(contact.ref, turn.recorded(contact));
    return DONE;
  },
  consult(turn, contact, command) {
    turn.contacts.set(contact.ref, { ...contact, held: true });
    const { ref } = contact;
    if (command.to?.address === undefined) {
      // The hub lets the line ring at colleagues. Where none is there to take it, one is played; not in a script.
      if (turn.day.rules.pace > 0) turn.later(UNTAKEN_AFTER, { do: 'otherSide', ref, event: { event: 'consultAnswered' } });
      return DONE;
    }
    const [after, why] = outcomeAt(turn, command.to.address);
    turn.later(after, { do: 'otherSide', ref, event: { event: why === null ? 'consultAnswered' : 'consultEnded' } });
    return DONE;
  },
  swap: keep(({ held }) => ({ held: !held })),
  endConsult(turn, contact) {
    dropLines(turn, contact);
    onlyLeave(turn, contact);
    turn.contacts.set(contact.ref, { ...contact, held: false });
    return DONE;
  },
  transfer,
  conference: (turn, contact, command) => (notReached(command) ? failed(notReached(command)!) : nothing(turn, contact, command)),
  listen: nothing,
  stopListening: nothing,
  mailbox: goodbye,
  hangup: goodbye,
  unanswered(turn, contact) {
    turn.report(contact, { event: 'ended' });
    turn.drop(contact);
    return DONE;
  },
  send,
};

/** The customer has somebody, and stays for as long as they do. */
export function talk(turn: Turn, contact: Contact): void {
  turn.cancel(contact.ref);
  turn.contacts.set(contact.ref, { ...contact, state: 'talking', held: false });
  if (contact.stays) turn.later(contact.stays, { do: 'leave', ref: contact.ref });
}

/** Of what was to happen to a contact, a consultation's part is taken back, and it leaves some time all the same. */
function onlyLeave(turn: Turn, contact: Contact | undefined): void {
  if (!contact) return;
  turn.cancel(contact.ref);
  if (contact.state === 'talking' && contact.stays) turn.later(contact.stays, { do: 'leave', ref: contact.ref });
}

function dropLines(turn: Turn, { ref }: Contact): void {
  for (const line of turn.contacts.values()) if (line.ref.startsWith(`${ref}${LINE}`)) turn.drop(line);
}

/** To a colleague or queue it goes on here, under the hub's new name; elsewhere it is nothing of this centre any more. */
function transfer(turn: Turn, contact: Contact, command: ConnectorCommand): CommandResult {
  const why = notReached(command);
  if (why) return failed(why);
  const { queueId, personId } = command.to ?? {};
  const after = turn.recorded(contact);
  const line = [...turn.contacts.values()].find(({ ref }) => ref.startsWith(`${contact.ref}${LINE}`));
  dropLines(turn, contact);
  if (line?.state === 'talking') {
    talk(turn, { ...after, id: line.id });
  } else if (queueId !== undefined || personId !== undefined) {
    turn.cancel(contact.ref);
    turn.contacts.set(contact.ref, { ...after, id: null, state: 'waiting', held: false, queueId: queueId ?? null });
    if (contact.waits) turn.later(contact.waits, { do: 'giveUp', ref: contact.ref });
  } else {
    turn.drop(after);
  }
  return DONE;
}

function send(turn: Turn, contact: Contact): CommandResult {
  const { ref, channel, replies, again } = contact;
  // One that the centre began is done with being sent.
  if (!turn.contacts.has(ref)) return DONE;
  if (channel === 'email') {
    if (again && turn.random() < MAILS_AGAIN_SHARE) turn.later(MAILS_AGAIN_AFTER, { do: 'mailAgain', ref, offer: again });
    turn.contacts.set(ref, { ...contact, again: null });
    return DONE;
  }
  turn.contacts.set(ref, contact);
  turn.cancel(ref);
  const { pace } = turn.day.rules;
  if (replies.length > 0) turn.later(hurried(WRITES_AFTER, pace), { do: 'writeAgain', ref });
  else if (contact.stays) turn.later(hurried(CLOSES_AFTER, pace), { do: 'leave', ref });
  return DONE;
}

const numberOf = ({ to, ref }: ConnectorCommand): string => to?.address ?? ref;

/** Whose number ends in 0 is busy, and in 9 does not answer; for what is no number nothing of the kind holds. */
const whyNot = (number: string): string | null => (/^\+?[\d ]*0$/.test(number) ? 'Busy' : /^\+?[\d ]*9$/.test(number) ? 'No answer' : null);

function outcomeAt({ day }: Turn, number: string): readonly [Range, string | null] {
  const why = whyNot(number);
  return [hurried(why === null ? RINGS : why === 'Busy' ? BUSY_AFTER : UNANSWERED_AFTER, day.rules.pace), why];
}

function notReached({ to }: ConnectorCommand): string | null {
  const why = to?.address === undefined ? null : whyNot(to.address);
  return why === null ? null : why === 'Busy' ? 'The line is busy.' : 'Nobody answered.';
}
