/** What a banner reads and writes of interactions beside the commands. */
import { type Channel, CHANNELS } from '../../lib/catalogue/index.ts';
import { personOf, rightsOf } from '../../lib/decide/index.ts';
import { queuesOf } from '../../lib/distribution/takes.ts';
import { masked } from '../../lib/interaction/customer.ts';
import { isNamed, transferRules } from '../../lib/interaction/transfer.ts';
import { formatNumber } from '../../lib/numbers/hub.ts';
import { isUuid } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import type { Handlers, OpenSession } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Sessions } from '../parts.ts';
import { requireControl } from '../session/decided.ts';
import { lockSession, wholeSession, type WholeSession } from '../session/lock.ts';
import { ask } from './ask.ts';
import { amend, type Interaction, tellSessions } from './change.ts';
import type { Engine } from './engine.ts';
import { readable } from './readable.ts';
import { lookAt } from './outgoing.ts';
import { masksOf, readView } from './parts.ts';
import { countFree } from './ring.ts';

type Routes = 'readInteraction' | 'listPool' | 'transferTargets' | 'checkNumber' | 'writeNote' | 'sendMessage' | 'markRead' | 'withdrawNextProfile';

export function interactionHandlers(engine: Engine, sessions: Pick<Sessions, 'snapshotReply' | 'changes'>): Pick<Handlers, Routes> {
  return {
    async readInteraction({ db, session, params }) {
      const row = await own(db, session, params.id);
      const interaction = await readView(db, row, engine.country);
      if (!interaction) throw new ProblemError('notFound');
      return { answer: { interaction, thread: await threadOf(db, row, session.person_id, interaction.customer.name), history: await historyOf(db, row.id) } };
    },
    async listPool({ db, session, params }) {
      const { channel } = params;
      if (!isChannel(channel)) throw new ProblemError('notFound', { detail: 'There is no such channel.' });
      const whole = await wholeSession(db, engine.snapshots, session.id);
      refuseHidden(`pool.${channel}`, whole, engine.now());
      return { answer: { waiting: await waitingFor(db, whole, channel, engine.country) } };
    },
    async transferTargets({ db, session, params }) {
      const row = await own(db, session, params.id);
      return { answer: await targetsOf(db, row, await wholeSession(db, engine.snapshots, session.id), engine) };
    },
    async checkNumber({ db, session, params: { channel }, query }) {
      if (channel !== 'voice' && channel !== 'messages') throw new ProblemError('notFound', { detail: 'Numbers are for voice and messages.' });
      const { number, problem } = lookAt(await wholeSession(db, engine.snapshots, session.id), channel, query.typed, engine);
      return { answer: { number: number && { e164: number.e164, country: number.country, shown: formatNumber(number.e164, engine.country) }, problem } };
    },
    async writeNote({ db, session, params, body }) {
      await lockSession(db, engine.snapshots, session.id);
      const row = await own(db, session, params.id);
      await amend(db, row, { event: 'noted', by: session.person_id, set: { note: body.note } }, engine.now());
      return sessions.snapshotReply(db, session.id);
    },
    async sendMessage({ db, session, params, body }) {
      await lockSession(db, engine.snapshots, session.id);
      const row = await own(db, session, params.id);
      if (row.channel === 'voice') throw new ProblemError('interaction.channel');
      if (row.state !== 'live' && row.state !== 'held') throw new ProblemError('interaction.state');
      await db.insertInto('interaction_message').values({ interaction_id: row.id, at: new Date(engine.now()), person_id: session.person_id, text: body.text }).execute();
      await ask(db, row, 'send', { text: body.text }, engine.now(), false);
      await amend(db, row, { event: 'sent', by: session.person_id }, engine.now());
      return sessions.snapshotReply(db, session.id);
    },
    async markRead({ db, session, params, body }) {
      await lockSession(db, engine.snapshots, session.id);
      const row = await own(db, session, params.id);
      if (await readTo(db, row, body.to)) await tellSessions(db, row.account_id, [session.id]);
      return sessions.snapshotReply(db, session.id);
    },
    async withdrawNextProfile({ db, session }) {
      await sessions.changes.withdrawNext(db, session.id);
      return sessions.snapshotReply(db, session.id);
    },
  };
}

const isChannel = (text: string): text is Channel => (CHANNELS as readonly string[]).includes(text);

/** @throws {ProblemError} notFound: no interaction of this session */
async function own(db: Db | Trx, session: OpenSession, id: string): Promise<Interaction> {
  const row = isUuid(id)
    ? await db.selectFrom('interaction').selectAll().where('id', '=', id).where('session_id', '=', session.id).where('state', 'not in', ['offered', 'closed']).executeTakeFirst()
    : undefined;
  if (!row) throw new ProblemError('notFound', { detail: 'You have no such interaction in hand.' });
  return row;
}

/** @returns whether that is further than before; no further than what there is: what is yet to come was not looked at */
async function readTo(trx: Trx, { id, read_to }: Interaction, to: number): Promise<boolean> {
  const { last } = await trx.selectFrom('interaction_message').select((eb) => eb.fn.max('id').as('last')).where('interaction_id', '=', id).where('id', '<=', to).executeTakeFirstOrThrow();
  if (last === null || last <= (read_to ?? 0)) return false;
  await trx.updateTable('interaction').set({ read_to: last }).where('id', '=', id).execute();
  return true;
}

/** What waits may be looked at also while nothing may be taken: at the maximum, or in the pause. */
function refuseHidden(control: string, session: WholeSession, now: number): void {
  try {
    requireControl(control, session, now);
  } catch (error) {
    const locks = error instanceof ProblemError && error.extras.reason?.layer === 'interaction';
    if (!locks) throw error;
  }
}

async function waitingFor(db: Db, { head, profile }: WholeSession, channel: Channel, country: string) {
  const queues = queuesOf(profile.active?.view ?? null, channel);
  if (queues.length === 0) return [];
  const rows = await db
    .selectFrom('interaction as i')
    .innerJoin('resource as q', 'q.id', 'i.queue_id')
    .select(['i.id', 'i.channel', 'i.queue_id', 'q.name', 'i.customer', 'i.subject', 'i.offered_at'])
    .where('i.account_id', '=', head.accountId)
    .where('i.state', '=', 'offered')
    .where('i.for_person', 'is', null)
    .where('i.channel', '=', channel)
    .where('i.queue_id', 'in', queues)
    .orderBy('i.priority', 'desc')
    .orderBy('i.offered_at')
    .limit(100)
    .execute();
  const masks = (await masksOf(db, [head.sessionId])).get(head.sessionId)!;
  return rows.map((row) => {
    const { name, address, shown = address } = readable(masked(row.customer, masks, row.channel), country);
    return { id: row.id, channel: row.channel, queue: { id: row.queue_id!, name: row.name }, customer: name || shown, subject: row.subject, offeredAt: row.offered_at.getTime() };
  });
}

async function threadOf(db: Db, row: Interaction, personId: string, customer: string) {
  const rows = await db
    .selectFrom('interaction_message as m')
    .leftJoin('person as p', 'p.id', 'm.person_id')
    .select(['m.id', 'm.at', 'm.text', 'm.person_id', 'p.name'])
    .where('m.interaction_id', 'in', await chainOf(db, row))
    .orderBy('m.at')
    .orderBy('m.id')
    .execute();
  return rows.map(({ id, at, text, person_id, name }) => ({ id, at: at.getTime(), by: person_id === null ? customer : (name ?? ''), mine: person_id === personId, text }));
}

/** The interaction and those that it was passed on from: what was written before belongs to it. */
async function chainOf(db: Db, row: Interaction): Promise<readonly string[]> {
  const ids = [row.id];
  for (let parent = row.parent_id ?? row.consults_for; parent !== null && ids.length < 20; ) {
    ids.push(parent);
    parent = (await db.selectFrom('interaction').select('parent_id').where('id', '=', parent).executeTakeFirst())?.parent_id ?? null;
  }
  return ids;
}

async function historyOf(db: Db, id: string) {
  const rows = await db
    .selectFrom('interaction_event as e')
    .leftJoin('person as p', 'p.id', 'e.person_id')
    .select(['e.at', 'e.event', 'p.name'])
    .where('e.interaction_id', '=', id)
    .orderBy('e.id')
    .execute();
  return rows.map(({ at, event, name }) => ({ at: at.getTime(), event, who: name }));
}

async function targetsOf(db: Db, row: Interaction, { profile, person, head }: WholeSession, engine: Engine) {
  const view = profile.active?.view ?? null;
  const rights = rightsOf(view ?? 'none', personOf(person));
  const rules = (to: Parameters<typeof transferRules>[1], ...fields: string[]) => (fields.some((field) => rights.granted(field)) ? transferRules(view, to) : []);
  const toQueues = rules('queue', 'transfers.assistedQueue', 'transfers.blindQueue');
  const toAdvisors = rules('advisor', 'transfers.advisor');
  return {
    queues: toQueues.length === 0 ? [] : (await queuesFor(db, head.accountId, row.channel, engine)).filter(({ name }) => isNamed(toQueues, name)),
    advisors: toAdvisors.length === 0 ? [] : (await advisorsFor(db, head.accountId, person.id)).filter(({ name }) => isNamed(toAdvisors, name)),
    externals: rules('external', 'transfers.external').map(({ id, name, target }) => ({ id, name, address: target })),
    routings: rules('smartRouting', 'transfers.smartRouting').map(({ id, name }) => ({ id, name })),
  };
}

async function queuesFor(db: Db, accountId: string, channel: Channel, engine: Engine) {
  const freeFor = await countFree(db, accountId, engine);
  const rows = await db
    .selectFrom('resource as q')
    .select(['q.id', 'q.name', 'q.attributes'])
    .select((eb) => eb.selectFrom('interaction as i').whereRef('i.queue_id', '=', 'q.id').where('i.state', '=', 'offered').select((e) => e.fn.countAll<number>().as('n')).as('waiting'))
    .where('q.account_id', '=', accountId)
    .where('q.kind', '=', 'queue')
    .where('q.archived', '=', false)
    .orderBy('q.name')
    .execute();
  return rows.flatMap(({ id, name, attributes, waiting }) => (attributes[channel] === true ? [{ id, name, waiting: waiting ?? 0, free: freeFor(channel, id) }] : []));
}

async function advisorsFor(db: Db, accountId: string, self: string) {
  const rows = await db
    .selectFrom('session as s')
    .innerJoin('person as p', 'p.id', 's.person_id')
    .select(['p.id', 'p.name', 's.status'])
    .select((eb) => eb.exists(eb.selectFrom('interaction as i').whereRef('i.session_id', '=', 's.id').where('i.state', 'not in', ['offered', 'closed']).select('i.id')).as('busy'))
    .where('s.account_id', '=', accountId)
    .where('s.closed_at', 'is', null)
    .where('p.id', '<>', self)
    .orderBy('p.name')
    .limit(500)
    .execute();
  return rows.map(({ id, name, status, busy }) => ({ id, name, status, free: !busy }));
}
