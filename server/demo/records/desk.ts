/** What stands behind the other modules of the demo: customers, work, campaigns, invoices, evaluations, surveys. */
import type { Criterion } from '../../../lib/catalogue/index.ts';
import type { Given } from '../../../lib/evaluation/answers.ts';
import { criteriaIn, gridIn } from '../../../lib/evaluation/grid.ts';
import { outcomeOf } from '../../../lib/evaluation/score.ts';
import { type Invoice, spread } from '../../../lib/modules/invoice-rules.ts';
import type { NewRecord } from '../../modules/keep-record.ts';
import { demoId } from '../identity.ts';
import { pdfOf } from '../pdf.ts';
import type { PersonKey } from '../people.ts';
import { createRandom, type Random } from '../random.ts';
import type { ResourceKey } from '../resources.ts';
import { resources } from '../resources.ts';
import { contactOf, customerOf, DAY_MS, HOUR_MS, personId, record, resourceId, type Seed } from './build.ts';
import { customers } from './customers.ts';
import { directory, documents, knowledge, scripts } from './shelves.ts';
import { cases, conversations, type DemoWork, tasks } from './work.ts';

export const customerRecords = (seed: Seed): NewRecord[] =>
  customers.map(({ name, mobile, ...rest }, n) =>
    // Some are brokers' customers.
    record(seed, 'mod.crm', rest.number, { resourceId: resourceId('crm', n % 8 === 7 ? 'brokers' : 'harbour'), values: { name, mobile, ...rest, note: n % 5 === 0 ? 'Prefers to be called in the evening.' : '' } }),
  );

const workValues = ({ now }: Seed, { title, of, state, priority, due, text }: DemoWork) => ({
  ...contactOf(customerOf(of)),
  title,
  state,
  priority,
  dueAt: now - (now % HOUR_MS) + due * DAY_MS + 2 * HOUR_MS,
  text,
});

export const workRecords = (seed: Seed): NewRecord[] => [
  ...cases.map((each, n) => record(seed, 'mod.cases', n, { ownerId: personId(each.owner), createdBy: personId(each.owner), values: workValues(seed, each) })),
  ...tasks.map((each, n) =>
    record(seed, 'mod.tasks', n, { ownerId: personId(each.owner), resourceId: resourceId('category', each.category), values: workValues(seed, each) }),
  ),
  ...conversations.map(({ topic, says }, n) => {
    const people = [...new Set(says.map(([by]) => personId(by)))];
    const messages = says.map(([by, text], at) => ({ at: seed.now - (n + 1) * 5 * HOUR_MS + at * 4 * 60_000, by: personId(by), text }));
    return record(seed, 'mod.conversations', n, { ownerId: people[0]!, people, values: { topic, at: messages.at(-1)!.at, messages } });
  }),
];

const documentFile = (title: string, lines: readonly string[]) => ({ name: `${title}.pdf`, type: 'application/pdf', bytes: pdfOf(title, lines) });

export function shelfRecords(seed: Seed): NewRecord[] {
  const updatedAt = (n: number) => seed.now - (n * 11 + 3) * DAY_MS;
  return [
    ...directory.map(([list, name, role, town, phone, note], n) => record(seed, 'mod.directory', n, { resourceId: resourceId('directory', list), values: { name, role, town, phone, email: null, note } })),
    ...knowledge.map(([base, title, language, text], n) => record(seed, 'mod.knowledge', n, { resourceId: resourceId('knowledgeBase', base), values: { title, language, updatedAt: updatedAt(n), text } })),
    ...scripts.map(([queue, title, language, text], n) => record(seed, 'mod.scripts', n, { resourceId: resourceId('queue', queue), values: { title, language, updatedAt: updatedAt(n), text } })),
    ...documents.map(([centre, title, language, note, lines], n) => {
      const file = documentFile(title, lines);
      return record(seed, 'mod.documents', n, { resourceId: resourceId('documentCenter', centre), file, values: { title, language, size: file.bytes.length, updatedAt: updatedAt(n), note } });
    }),
  ];
}

const TARGETS: readonly (readonly ['voiceCampaign' | 'smsCampaign', ResourceKey<'voiceCampaign'> | ResourceKey<'smsCampaign'>, number])[] = [
  ['voiceCampaign', 'renewals', 30],
  ['voiceCampaign', 'winback', 16],
  ['voiceCampaign', 'survey', 6],
  ['smsCampaign', 'reminders', 20],
  ['smsCampaign', 'storm', 12],
];
const CALLERS: readonly PersonKey[] = ['amira', 'diego', 'hugo'];

export function targetRecords(seed: Seed): NewRecord[] {
  return TARGETS.flatMap(([kind, campaign, count]) =>
    Array.from({ length: count }, (_, n) => {
      const random = createRandom(`target ${campaign} ${n}`);
      const { name: customer, mobile: phone } = random.of(customers);
      const state = random.of(['planned', 'planned', 'pool', 'reached', 'unreached'] as const);
      const voice = kind === 'voiceCampaign';
      const at = state === 'pool' ? null : seed.now + (state === 'planned' ? 1 : -1) * random.within(1, 60) * HOUR_MS;
      const disposition = state === 'reached' ? random.of(['Renewed', 'Thinks about it', 'No interest']) : null;
      const tries = state === 'unreached' ? random.within(1, 4) : Number(state === 'reached');
      // Elif wrote them down, and they are sent with what she may.
      const more = voice ? { disposition } : { by: personId('elif'), profileId: demoId('profile', 'messaging'), why: state === 'unreached' ? 'failed' : null };
      return record(seed, voice ? 'mod.voiceCampaigns' : 'mod.smsCampaigns', `${campaign} ${n}`, {
        ownerId: voice && state === 'planned' && random.chance(0.4) ? personId(random.of(CALLERS)) : null,
        resourceId: resourceId(kind, campaign as never),
        values: { customer, phone, state, at, tries, ...more, note: random.chance(0.2) ? 'Asked to be called again.' : '' },
      });
    }),
  );
}

const INVOICES = 26;
const DRAFTS = 3;
const PREMIUMS = [28_800, 34_100, 58_800, 61_200, 7_400, 11_900, 8_800, 43_100];
const WHAT = ['Motor, yearly premium', 'Home, yearly premium', 'Legal protection, yearly premium', 'Excess of a glass claim', 'Travel, yearly premium', 'Boat, half-yearly premium'];

export function invoiceRecords(seed: Seed): NewRecord[] {
  return Array.from({ length: INVOICES }, (_, n) => {
    const random = createRandom(`invoice ${n}`);
    const amount = random.of(PREMIUMS);
    const age = (INVOICES - n) * 3;
    const state = n >= INVOICES - DRAFTS ? 'draft' : random.of(['issued', 'issued', 'paid', 'paid', 'spread', 'partlyPaid', 'cancelled'] as const);
    const issuedAt = state === 'draft' ? null : seed.now - age * DAY_MS;
    const paid = state === 'paid' ? amount : state === 'partlyPaid' ? Math.round(amount / 3) : 0;
    const plan: Invoice['plan'] = state === 'spread' ? spread(amount, 4, seed.now + 5 * DAY_MS) : [];
    const values = { ...contactOf(random.of(customers)), number: state === 'draft' ? numberOf('D', n + 1 - (INVOICES - DRAFTS)) : numberOf('F', n + 1), amount, paid, state, issuedAt, dueAt: seed.now + (30 - age) * DAY_MS, exported: age > 40, plan, text: random.of(WHAT) };
    return record(seed, 'mod.invoices', n, { values });
  });
}
const numberOf = (letter: string, n: number): string => `${letter}-${String(n).padStart(6, '0')}`;
/** The last numbers that are given, by their letters. */
export const LAST_NUMBERS: Readonly<Record<string, number>> = { F: INVOICES - DRAFTS, D: DRAFTS };

const EVALUATED: readonly PersonKey[] = ['amira', 'ben', 'diego', 'femi', 'hugo', 'ines', 'grace', 'chloe', 'elif', 'jonas'];
const REMARKS = ['Warm opening, clear summary at the end.', 'Let the customer finish before asking.', 'Identity checked a little late.', 'Très bonne écoute, bonne reformulation.', 'Two promises that nobody noted.', 'Excellent.'];
const ANSWERS = ['Quick and friendly.', 'Had to call twice.', 'Conseillère très à l’écoute.', 'Alles gut erklärt.', 'Muy amable.', 'Long wait, good help.', ''];

const COMMENTS = ['Very natural.', 'Only after I would have said too much already.', 'Asked twice, well done.', 'Could have summed up.', 'Très clair.'];

/** Mostly good; now and then something does not apply, is missed, or is worth a word. */
function answerTo({ max, notApplicable }: Criterion, random: Random): Given {
  const missed = random.chance(max === 1 ? 0.08 : 0.25) ? random.within(0, Math.max(0, max - 2)) : max - Number(max > 1 && random.chance(0.4));
  const value = notApplicable && random.chance(0.3) ? null : missed;
  return { value, ...(random.chance(0.15) ? { comment: random.of(COMMENTS) } : {}) };
}

export function judgementRecords(seed: Seed): NewRecord[] {
  const evaluations = Array.from({ length: 16 }, (_, n) => {
    const random = createRandom(`evaluation ${n}`);
    const grid = random.of(['claimCall', 'writing'] as const);
    const { passScore, sections } = gridIn(resources.evaluationGrid[grid][1]);
    const answers = Object.fromEntries(criteriaIn(sections).map((criterion) => [criterion.id, answerTo(criterion, random)]));
    const { score, passed } = outcomeOf({ passScore, sections }, answers);
    const values = { score, passed: passed ? 'yes' : 'no', passScore, sections, answers, at: seed.now - n * 2 * DAY_MS - HOUR_MS, by: personId(n % 2 === 0 ? 'karin' : 'luis'), note: random.of(REMARKS) };
    return record(seed, 'mod.evaluations', n, { ownerId: personId(EVALUATED[n % EVALUATED.length]!), resourceId: resourceId('evaluationGrid', grid), values });
  });
  const surveys = Array.from({ length: 18 }, (_, n) => {
    const random = createRandom(`survey ${n}`);
    const values = { customer: random.of(customers).name, score: random.within(4, 10), at: seed.now - random.within(1, 140) * HOUR_MS, note: random.of(ANSWERS) };
    return record(seed, 'mod.surveys', n, { ownerId: personId(random.of(EVALUATED)), resourceId: resourceId('survey', random.of(['afterCall', 'afterClaim'] as const)), values });
  });
  return [...evaluations, ...surveys];
}
