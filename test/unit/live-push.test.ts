import { describe, expect, it } from 'vitest';
import { createLinks, type Link } from '../../server/live/link.ts';
import type { Message } from '../../server/live/message.ts';
import { createPusher } from '../../server/live/push.ts';
import type { Loaded, LoadedProfile, Snapshots } from '../../server/session/snapshots.ts';

/** Waits on a condition, not on a time: how long is only when to give up. */
const SOON = { timeout: 10_000 };

/** One session whose loads are answered when the test says so. */
function createSlowSnapshots() {
  let seq = 1;
  const loads: (() => void)[] = [];
  const load: Snapshots['load'] = (sessionIds) => {
    const at = seq;
    return new Promise((resolve) => {
      loads.push(() => resolve(new Map(sessionIds.map((id) => [id, loaded(id, at)]))));
    });
  };
  return { snapshots: { epoch: 1, expiresAt: () => 0, load }, loads, change: () => ++seq };
}

const loaded = (sessionId: string, seq: number): Loaded =>
  ({
    head: { sessionId, accountId: 'a', personId: 'p', closedBecause: null, profileId: null, active: null, seqs: { profile: 0, person: 0, situation: seq } },
    profile: null,
    person: null,
    situation: { seq },
  }) as unknown as Loaded;

const profileOf = (seq: number) => ({ seq, active: { key: `v${seq}`, view: {}, json: `{"version":${seq}}` } }) as unknown as LoadedProfile;
const onProfile = (sessionId: string, seq: number): Loaded => {
  const { head } = loaded(sessionId, 0);
  return { head: { ...head, profileId: 'f', seqs: { profile: seq, person: 0, situation: 0 } }, profile: profileOf(seq), person: null, situation: null };
};

function createFakeLink(): { link: Link; said: () => object[] } {
  const messages: Message[] = [];
  const link: Link = {
    transport: 'webSocket',
    sessionId: 's',
    personId: 'p',
    say: (m) => messages.push(m),
    push: (_, m) => messages.push(m),
    cloggedSince: null,
    expiresAt: 0,
    heardAt: 0,
    beatAt: 0,
    sent: { profile: -1, person: -1, situation: -1 },
    opening: true,
    missed: false,
    profileId: null,
    bye() {},
    cut() {},
    breach() {},
  };
  return { link, said: () => messages.map(({ json }) => JSON.parse(json)) };
}

const changed = [{ id: 1, kind: 'session', subjectId: 's' }] as const;
const situations = (said: readonly object[]) => said.map((message) => (message as { situation?: { seq: number } }).situation?.seq);

describe('the pusher', () => {
  it('looks again where something changed while a link was opening', async () => {
    const { snapshots, loads, change } = createSlowSnapshots();
    const links = createLinks();
    const pusher = createPusher({ links, snapshots: snapshots as unknown as Snapshots, now: () => 0 });
    const { link, said } = createFakeLink();
    const opening = pusher.open(link, null);
    change();
    await pusher.onChanges(changed);
    expect(said()).toEqual([]);
    loads.shift()!();
    await expect.poll(() => loads.length, SOON).toBe(1);
    loads.shift()!();
    await opening;
    expect(said()[0]).toMatchObject({ type: 'welcome' });
    expect(situations(said())).toEqual([undefined, 1, 2]);
  });

  it('looks again where a profile was published while a link was opening: nobody knew yet that it was on it', async () => {
    const { snapshots, loads } = createSlowSnapshots();
    const links = createLinks();
    let seq = 1;
    const load: Snapshots['load'] = (ids) => {
      const documents = new Map(ids.map((id) => [id, onProfile(id, seq)]));
      return new Promise((resolve) => void loads.push(() => resolve(documents)));
    };
    const published: Snapshots['published'] = async () => new Map([['f', { profile: profileOf(seq), notFor: new Set<string>() }]]);
    const pusher = createPusher({ links, snapshots: { ...snapshots, load, published } as unknown as Snapshots, now: () => 0 });
    const { link, said } = createFakeLink();
    const opening = pusher.open(link, null);
    const publish = () => pusher.onChanges([{ id: ++seq, kind: 'profile', subjectId: 'f' }]);
    await publish();
    loads.shift()!();
    // And once more, while it looks again.
    await expect.poll(() => loads.length, SOON).toBe(1);
    await publish();
    loads.shift()!();
    await expect.poll(() => loads.length, SOON).toBe(1);
    loads.shift()!();
    await opening;
    expect(said().slice(1)).toEqual([1, 2, 3].map((version) => expect.objectContaining({ profile: { seq: version, active: { version } } })));
    await publish();
    expect(said().at(-1)).toMatchObject({ profile: { seq: 4 } });
  });

  it('never sends an older state after a newer one, in whatever order they were loaded', async () => {
    const { snapshots, loads, change } = createSlowSnapshots();
    const links = createLinks();
    const pusher = createPusher({ links, snapshots: snapshots as unknown as Snapshots, now: () => 0 });
    const { link, said } = createFakeLink();
    const opening = pusher.open(link, null);
    loads.shift()!();
    await opening;
    change();
    const older = pusher.onChanges(changed);
    change();
    const newer = pusher.onChanges(changed);
    loads[1]!();
    await newer;
    loads[0]!();
    await older;
    expect(situations(said())).toEqual([undefined, 1, 3]);
  });

  it('says from time to time that what is held may be shown on, to whoever was welcomed, once it has looked', async () => {
    const { snapshots, loads, change } = createSlowSnapshots();
    const links = createLinks();
    const pusher = createPusher({ links, snapshots: snapshots as unknown as Snapshots, now: () => 7 });
    const { link, said } = createFakeLink();
    const opening = pusher.open(link, null);
    await pusher.renew();
    expect(said()).toEqual([]);
    loads.shift()!();
    await opening;
    const before = said().length;
    const renewing = pusher.renew();
    expect(said()).toHaveLength(before);
    loads.shift()!();
    await renewing;
    expect(said().slice(before)).toEqual([{ type: 'snapshot', epoch: 1, now: 7, expiresAt: 0 }]);
    // Changed, and for whatever reason not told.
    change();
    const healing = pusher.renew();
    loads.shift()!();
    await healing;
    expect(situations(said()).at(-1)).toBe(2);
    expect(said()).toHaveLength(before + 2);
  });

  it('says of nothing that it holds while the database does not answer', async () => {
    const { snapshots, loads } = createSlowSnapshots();
    const links = createLinks();
    let isThere = true;
    const load: Snapshots['load'] = (...asked) => (isThere ? snapshots.load(...asked) : Promise.reject(new Error('no database')));
    const pusher = createPusher({ links, snapshots: { ...snapshots, load } as unknown as Snapshots, now: () => 0 });
    const { link, said } = createFakeLink();
    const opening = pusher.open(link, null);
    loads.shift()!();
    await opening;
    const before = said().length;
    isThere = false;
    await expect(pusher.renew()).rejects.toThrow('no database');
    expect(said()).toHaveLength(before);
  });

  it('loads thousands in portions, and sends to the first while the last are not loaded yet', async () => {
    const links = createLinks();
    const portions: { readonly ids: readonly string[]; readonly end: () => void }[] = [];
    let seq = 1;
    const load: Snapshots['load'] = (ids) =>
      new Promise((resolve) => {
        const documents = new Map(ids.map((id) => [id, loaded(id, seq)]));
        portions.push({ ids, end: () => resolve(documents) });
      });
    const { snapshots } = createSlowSnapshots();
    const pusher = createPusher({ links, snapshots: { ...snapshots, load } as unknown as Snapshots, now: () => 0 });
    const heard = new Map<string, number>();
    const opened = Array.from({ length: 2500 }, (_, at) => {
      const { link } = createFakeLink();
      const push = (_: unknown, { json }: Message) => void heard.set(`s-${at}`, JSON.parse(json).situation.seq);
      return pusher.open({ ...link, sessionId: `s-${at}`, personId: `p-${at}`, push }, null);
    });
    const endAll = async (run: Promise<unknown>) => {
      const state = { over: false };
      void run.then(() => (state.over = true));
      while (!state.over) {
        portions.shift()?.end();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await endAll(Promise.all(opened));
    seq = 2;
    const pushed = pusher.onChanges(Array.from({ length: 2500 }, (_, at) => ({ id: at, kind: 'session', subjectId: `s-${at}` })));
    const newer = () => [...heard.values()].filter((each) => each === 2).length;
    expect([portions.map(({ ids }) => ids.length), newer()]).toEqual([[1000], 0]);
    portions.shift()!.end();
    await expect.poll(() => portions.length, SOON).toBe(1);
    await expect.poll(newer, SOON).toBe(1000);
    await endAll(pushed);
    expect(newer()).toBe(2500);
  });

  it('sends what was published to all who are on it, in the same message, and loads those who stand otherwise or changed themselves', async () => {
    const links = createLinks();
    const loadedFor: string[][] = [];
    let seq = 1;
    const load: Snapshots['load'] = async (ids) => {
      loadedFor.push([...ids]);
      return new Map(ids.map((id) => [id, onProfile(id, seq)]));
    };
    const published: Snapshots['published'] = async (ids) => (ids.includes('f') ? new Map([['f', { profile: profileOf(seq), notFor: new Set(['pinned']) }]]) : new Map());
    const { snapshots } = createSlowSnapshots();
    const pusher = createPusher({ links, snapshots: { ...snapshots, load, published } as unknown as Snapshots, now: () => 0 });
    const sent = new Map<string, Message[]>(['a', 'b', 'pinned', 'switched', 'changed'].map((id) => [id, []]));
    for (const [id, messages] of sent) {
      const { link } = createFakeLink();
      await pusher.open({ ...link, sessionId: id, personId: id, push: (_, message) => void messages.push(message) }, null);
      messages.length = 0;
    }
    loadedFor.length = 0;
    seq = 2;
    const changes = [{ id: 1, kind: 'profile', subjectId: 'f' }, { id: 2, kind: 'session', subjectId: 'switched' }, { id: 3, kind: 'person', subjectId: 'changed' }] as const;
    await pusher.onChanges(changes);
    expect(loadedFor).toEqual([['switched', 'changed', 'pinned']]);
    for (const messages of sent.values()) expect(messages.map(({ json }) => JSON.parse(json).profile)).toEqual([{ seq: 2, active: { version: 2 } }]);
    expect(sent.get('a')![0]).toBe(sent.get('b')![0]);
    // The same again, as after a change that is handed over twice: nobody is told twice.
    await pusher.onChanges(changes);
    expect([...sent.values()].map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('says goodbye to the link of a session that has ended', async () => {
    const { snapshots } = createSlowSnapshots();
    const links = createLinks();
    const load: Snapshots['load'] = async () => new Map();
    const pusher = createPusher({ links, snapshots: { ...snapshots, load } as unknown as Snapshots, now: () => 0 });
    const { link, said } = createFakeLink();
    const goodbyes: string[] = [];
    await pusher.open({ ...link, bye: (code) => goodbyes.push(code) }, null);
    expect([said(), goodbyes]).toEqual([[], ['signedOut']]);
  });
});
