/** The last days of the demo centre: interactions, and what they left behind. */
import type { NewRecord } from '../../modules/keep-record.ts';
import type { PersonKey } from '../people.ts';
import { createRandom, type Random } from '../random.ts';
import type { ResourceKey } from '../resources.ts';
import { wavOf } from '../tone.ts';
import { contactOf, DAY_MS, HOUR_MS, personId, record, resourceId, type Seed } from './build.ts';
import { customers } from './customers.ts';

type Channel = 'voice' | 'email' | 'messages';

/** Who works which queues, on which channel. */
const DESKS: readonly (readonly [Channel, readonly PersonKey[], readonly ResourceKey<'queue'>[]])[] = [
  ['voice', ['amira', 'ben', 'diego', 'hugo', 'ines', 'femi', 'karin', 'maya'], ['motorClaims', 'homeClaims', 'newCustomers']],
  ['voice', ['grace', 'ben'], ['billing']],
  ['email', ['chloe', 'jonas', 'ines', 'luis', 'grace'], ['documents', 'complaints', 'motorClaims']],
  ['messages', ['elif', 'chloe', 'amira', 'luis'], ['chat', 'motorClaims']],
];
const DISPOSITIONS = ['Solved', 'Call back', 'Documents awaited', 'Passed on', 'Complaint', 'No interest', 'Wrong number'];
const NOTES = ['', '', 'Very friendly, in a hurry.', 'Wants everything in writing.', 'Rappeler après 18 h.', 'Spricht lieber Deutsch.', 'Prefiere el correo.', 'Sent the form by email.'];
const DAYS = 6;
const EACH_DAY = 32;
/** Seconds, by channel. */
const LENGTHS = { voice: [40, 900], email: [120, 1500], messages: [90, 1200] } as const;

/** Within the nine hours before this time of day. */
const momentOf = ({ now }: Seed, day: number, random: Random): number => now - day * DAY_MS - random.within(2 * 60_000, 9 * HOUR_MS);

function outcomeOf(random: Random): string {
  const drawn = random.within(1, 100);
  if (drawn <= 80) return 'handled';
  if (drawn <= 88) return 'transferred';
  return drawn <= 95 ? 'missed' : 'refused';
}

export function interactionRecords(seed: Seed): NewRecord[] {
  return Array.from({ length: DAYS * EACH_DAY }, (_, n) => interaction(seed, n)).flat();
}

/** One of the history, and its qualification and recording where it has them. */
function interaction(seed: Seed, n: number): NewRecord[] {
  const random = createRandom(`interaction ${n}`);
  const [channel, people, queues] = random.of(DESKS);
  const customer = random.of(customers);
  const owner = personId(random.of(people));
  const queue = resourceId('queue', random.of(queues));
  const outcome = outcomeOf(random);
  const done = outcome === 'handled' || outcome === 'transferred';
  const at = momentOf(seed, Math.floor(n / EACH_DAY), random);
  const [least, most] = LENGTHS[channel];
  const disposition = done ? random.of(DISPOSITIONS) : null;
  const note = done ? random.of(NOTES) : '';
  const values = {
    ...contactOf(customer),
    channel,
    direction: channel === 'voice' && random.chance(0.3) ? 'outbound' : 'inbound',
    at,
    duration: done ? random.within(least, most) : 0,
    outcome,
  };
  const of = { ownerId: owner, resourceId: queue };
  return [
    record(seed, 'mod.history', n, { ...of, values: { ...values, disposition, note } }),
    ...(done && random.chance(0.4) ? [record(seed, 'mod.qualifications', n, { ...of, values: { customer: customer.name, channel, disposition, at, note } })] : []),
    ...(done && channel === 'voice' && random.chance(0.4) ? [recording(seed, n, random, { ...of, values: { customer: customer.name, phone: customer.mobile, at } })] : []),
  ];
}

const SCALE = [262, 294, 330, 392, 440, 523];

function sound(random: Random, name: string) {
  const seconds = random.within(2, 5);
  return { seconds, file: { name, type: 'audio/wav', bytes: wavOf({ notes: Array.from({ length: seconds * 2 }, () => random.of(SCALE)), seconds }) } };
}

function recording(seed: Seed, n: number, random: Random, of: Pick<NewRecord, 'ownerId' | 'resourceId' | 'values'>): NewRecord {
  const { seconds, file } = sound(random, `recording-${n}.wav`);
  return record(seed, 'mod.recordings', n, { ...of, file, values: { ...of.values, duration: seconds, recorded: random.chance(0.7) ? 'automatic' : 'manual' } });
}

const VOICEMAILS: readonly (readonly [ResourceKey<'voiceMailbox'>, note: string])[] = [
  ['claims', 'Asks whether the glazier comes on Saturday.'],
  ['claims', 'Bittet um Rückruf wegen des Wasserschadens.'],
  ['claims', 'Nouvelle photo envoyée par e-mail.'],
  ['claims', 'Nothing said, noise of a street.'],
  ['claims', 'Pregunta por el perito.'],
  ['billing', 'Wants to pay in four parts.'],
  ['billing', 'Prélèvement rejeté, demande pourquoi.'],
  ['billing', 'New bank details, asks for a call.'],
];

export function voicemailRecords(seed: Seed): NewRecord[] {
  return VOICEMAILS.map(([mailbox, note], n) => {
    const random = createRandom(`voicemail ${n}`);
    const { name: customer, mobile: phone } = random.of(customers);
    const { seconds, file } = sound(random, `message-${n + 1}.wav`);
    const values = { customer, phone, at: momentOf(seed, n % 3, random), duration: seconds, note };
    return record(seed, 'mod.voicemail', n, { resourceId: resourceId('voiceMailbox', mailbox), file, values });
  });
}
