import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { clientProblem } from '../../lib/api/client-problem.ts';
import type { Problem } from '../../lib/api/problem.ts';
import type { Snapshot } from '../../lib/api/snapshot.ts';
import { decide, rightsOf } from '../../lib/decide/index.ts';
import { BannerModel, pageOf } from '../../lib/models/banner.ts';
import { barItems } from '../../lib/models/items.ts';
import { personOf, situationOf } from '../../lib/models/situation.ts';
import type { View } from '../../lib/models/view.ts';
import type { Client, ClientState } from '../../lib/session/client-state.ts';
import { createFakeClient } from '../fixtures/gallery/fake-client.ts';
import { everything, inbound, inboundNext, leader, outbound } from '../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../fixtures/gallery/scenes.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

function setUp(snapshot: Snapshot = snapshotOf(inbound), more: Parameters<typeof openState>[1] = {}) {
  const clock = createHandClock(NOW);
  const answers: (() => void)[] = [];
  const opened: string[] = [];
  const client = createFakeClient(openState(snapshot, more), (answer) => answers.push(answer));
  const model = new BannerModel(client, clock, (address) => opened.push(address));
  /** The hub answers what was asked so far. */
  const answer = async () => {
    for (const each of answers.splice(0)) each();
    await new Promise<void>((done) => setTimeout(done));
  };
  const publish = (active: Snapshot['profile']['active']) =>
    client.change((held) => ({ profile: { seq: held.profile.seq + 1, active } }));
  return { model, client, clock, answer, publish, opened };
}
const shownIds = (model: InstanceType<typeof BannerModel>) => model.view.value.items.map(({ id }) => id);
const slotsOf = (model: InstanceType<typeof BannerModel>) => model.arrangement.slots.value;

describe('what opens', () => {
  it('takes the place of what was said', () => {
    const { model, publish } = setUp();
    publish(inboundNext);
    expect(model.notices.current.value?.kind).toBe('updated');
    model.toggle('why');
    expect(model.notices.current.value).toBeNull();
  });

  it('closes for the answer to “check now”', async () => {
    const { model, answer } = setUp();
    model.toggle('connection');
    void model.refresh();
    await answer();
    expect([model.surface.value, model.notices.current.value?.kind]).toEqual([null, 'upToDate']);
  });
});

describe('what closes once it is done', () => {
  it('is what was open when it was asked for, not the same opened anew', () => {
    const { model } = setUp();
    model.toggle('int.conference');
    const close = model.closer();
    model.toggle('int.conference');
    model.toggle('int.conference');
    close();
    expect(model.surface.value).toBe('int.conference');
    model.closer()();
    expect(model.surface.value).toBeNull();
  });

  it('is not what was opened while a switch was on its way', async () => {
    const { model, answer, publish } = setUp();
    model.toggle('profile');
    void model.switchTo(outbound.id);
    model.toggle('status');
    publish(outbound);
    await answer();
    expect(model.surface.value).toBe('status');
  });

  it('is the switcher as soon as the bar shows the other profile', () => {
    const { model, publish } = setUp();
    model.toggle('profile');
    void model.switchTo(outbound.id);
    publish(outbound);
    expect(model.surface.value).toBeNull();
  });
});

describe('a problem', () => {
  const problem = clientProblem('client.offline');
  const elsewhere = { ...problem, code: 'session.elsewhere' } as const;
  const refusing = (phase: 'elsewhere' | 'signedOut' | 'open', state: Partial<ClientState>, answer: Problem) => {
    const clock = createHandClock(NOW);
    const { subscribe } = createFakeClient({ ...openState(snapshotOf(inbound)), phase, ...state }, () => {});
    const client = { subscribe, call: () => Promise.resolve({ ok: false, problem: answer }) } as unknown as Client;
    return new BannerModel(client, clock, () => {});
  };

  it('is not said beside a bar that says it itself', async () => {
    const taken = refusing('elsewhere', {}, elsewhere);
    await taken.signIn();
    expect(taken.notices.current.value).toBeNull();
    const lost = refusing('signedOut', { problem }, problem);
    await lost.signIn();
    expect(lost.notices.current.value).toBeNull();
  });

  it('is said where the bar says something else, until the bar says it', async () => {
    const clock = createHandClock(NOW);
    const client = createFakeClient({ ...openState(snapshotOf(inbound)), phase: 'signedOut' }, () => {});
    const model = new BannerModel({ ...client, call: (() => Promise.resolve({ ok: false, problem })) as unknown as Client['call'] }, clock, () => {});
    await model.signIn();
    expect(model.notices.current.value).toMatchObject({ kind: 'problem' });
    client.set({ problem });
    expect(model.notices.current.value).toBeNull();
  });
});

describe('a view', () => {
  it('is never a mix of two profiles: all of it follows from one snapshot', () => {
    const { model, publish, client } = setUp();
    const seen: View[] = [];
    effect(() => void seen.push(model.view.value));
    for (const profile of [everything, outbound, null, leader, inboundNext, inbound]) {
      publish(profile);
      client.change((held) => ({ situation: { ...held.situation, seq: held.situation.seq + 1, status: 'busy' } }));
    }
    expect(seen.length).toBeGreaterThan(10);
    for (const view of seen) {
      const active = view.snapshot!.profile.active;
      expect(view.active).toBe(active);
      const alone = decide(rightsOf(active ?? 'none', personOf(view.snapshot!)), situationOf(view.state!, NOW));
      expect([...view.decisions]).toEqual([...alone]);
      expect(view.items).toEqual(barItems(alone, active?.resources ?? {}));
    }
  });

  it('draws what stays the same with the very same slots, whatever copies arrive: only what is another one is drawn again', () => {
    const { model, publish, client } = setUp();
    const before = slotsOf(model);
    client.change((held) => ({ situation: { ...held.situation, seq: held.situation.seq + 1, status: 'busy' } }));
    publish(structuredClone({ ...inbound, version: inbound.version + 1 }));
    expect(slotsOf(model).every((slot, at) => slot === before[at])).toBe(true);
    const { document } = inbound;
    const settings = { ...document.settings, 'flow.voice.canToggle': document.settings['flow.voice.canToggle'] === false };
    publish({ ...inbound, version: inbound.version + 2, document: { ...document, settings } });
    const changed = slotsOf(model).filter((slot, at) => slot !== before[at]);
    expect(changed.map(({ id }) => id)).toEqual(['flow.voice']);
  });

  it('shows only core controls once the snapshot is past its expiry, by the hub’s clock', () => {
    const { model, clock } = setUp({ ...snapshotOf(inbound), expiresAt: NOW + 60_000 }, { clockOffset: 10_000 });
    expect(shownIds(model)).toContain('flow.voice');
    clock.pass(49_999);
    expect(shownIds(model)).toContain('flow.voice');
    clock.pass(1);
    expect(shownIds(model)).toEqual(['core.profile', 'core.activity', 'core.status']);
    expect(model.view.value.profile).toBe('expired');
    expect(model.notices.current.value).toMatchObject({ kind: 'coreOnly', why: 'expired', from: 'Inbound advisor' });
  });

  it('unlocks what a pause locks when the pause ends, without a word from the hub', () => {
    const { model, clock } = setUp(snapshotOf(inbound, { pauses: { inboundUntil: 0, outboundUntil: NOW + 5000 } }));
    const call = () => model.view.value.decisions.of('out.voice.direct');
    expect(call().reason?.code).toBe('interaction.timeout');
    clock.pass(5000);
    expect(call().enabled).toBe(true);
  });

  it('takes the channels of an activity that the profile does not know as off', () => {
    const { model } = setUp(snapshotOf(inbound, { activity: { id: 'unheard-of', since: NOW } }));
    expect(model.view.value.situation.activity).toBeNull();
    expect(model.view.value.decisions.of('flow.voice').state).toBe('forcedOff');
  });

  it('has no controls while signed out, and asks nothing of a snapshot left over', () => {
    const { model, client } = setUp();
    client.set({ phase: 'signedOut' });
    expect(model.view.value.snapshot).toBeNull();
    expect(model.view.value.items).toEqual([]);
    expect([...model.view.value.decisions].filter(({ control, shown }) => shown && control.startsWith('mod.'))).toEqual([]);
  });
});

describe('news', () => {
  it('says a new version with what it brought and took, once', () => {
    const { model, publish, client } = setUp();
    publish(inboundNext);
    const notice = model.notices.current.value;
    expect(notice).toMatchObject({ kind: 'updated', version: 8 });
    const named = (list: 'gained' | 'lost') => (notice as unknown as Record<string, { id: string }[]>)[list]!.map(({ id }) => id);
    expect(named('gained')).toContain('mod.voiceCampaigns');
    expect(named('lost')).toEqual(expect.arrayContaining(['mod.history', 'mod.voicemail', 'out.messages.direct']));
    model.notices.dismiss();
    client.change((held) => ({ situation: { ...held.situation, seq: 9, status: 'busy' } }));
    expect(model.notices.current.value).toBeNull();
  });

  it('says nothing of the first snapshot, nor of another copy of the same', () => {
    const { model, client } = setUp();
    client.set({ confirmed: true });
    expect(model.notices.current.value).toBeNull();
  });

  it('says that one fell back where the profile is no longer assigned', () => {
    const { model, client } = setUp(snapshotOf(outbound));
    client.change((held) => ({
      profile: { seq: 2, active: inbound },
      person: { ...held.person, seq: 2, profiles: held.person.profiles.filter(({ id }) => id !== 'outbound') },
    }));
    expect(model.notices.current.value).toMatchObject({ kind: 'fellBack', from: 'Outbound campaigns', name: 'Inbound advisor' });
  });

  it('says that only core controls remain where no profile is left', () => {
    const { model, publish } = setUp();
    publish(null);
    expect(model.notices.current.value).toMatchObject({ kind: 'coreOnly', why: 'none', from: 'Inbound advisor' });
    expect(shownIds(model)).toEqual(['core.profile', 'core.activity', 'core.status']);
  });

  it('compares nothing between two people', () => {
    const { model, client } = setUp();
    client.set({ phase: 'signedOut', snapshot: null });
    client.set({ phase: 'open', snapshot: snapshotOf(everything) });
    expect(model.notices.current.value).toBeNull();
  });

  it('goes by itself after a while, and stays while somebody reads it', () => {
    const { model, publish, clock } = setUp();
    publish(inboundNext);
    model.notices.hold();
    clock.pass(60_000);
    expect(model.notices.current.value).not.toBeNull();
    model.notices.release();
    clock.pass(60_000);
    expect(model.notices.current.value).toBeNull();
  });
});

describe('switching', () => {
  it('shows what the other profile would bring and take before anything is asked', async () => {
    const { model, answer } = setUp();
    model.openSwitcher();
    void model.switching.choose('leader');
    expect(model.switching.preview.value).toEqual({ state: 'loading' });
    expect(model.switching.changes.value).toBeNull();
    await answer();
    const changes = model.switching.changes.value!;
    expect(changes.gained.map(({ id }) => id)).toContain('mod.supervision');
    expect(changes.lost.map(({ id }) => id)).toContain('flow.email');
    expect(model.view.value.active?.id).toBe('inbound');
  });

  it('says why a preview failed', async () => {
    const { model, answer } = setUp();
    void model.switching.choose('nobody-has-this');
    await answer();
    expect(model.switching.preview.value).toMatchObject({ state: 'failed', problem: { code: 'profile.notAssigned' } });
  });

  it('is pending until the hub has done it, then says so and leaves no empty slots', async () => {
    const { model, answer } = setUp();
    model.openSwitcher();
    const done = model.switchTo('leader');
    expect(model.asking.value.has('switch')).toBe(true);
    expect(model.view.value.active?.id).toBe('inbound');
    await answer();
    await done;
    expect(model.view.value.active?.id).toBe('leader');
    expect(model.surface.value).toBeNull();
    expect(model.notices.current.value).toMatchObject({ kind: 'switched', name: 'Team leader', version: 12 });
    expect(slotsOf(model).filter(({ gone }) => gone)).toEqual([]);
  });

  it('asks once, however often it is pressed', async () => {
    const { model, client, answer } = setUp();
    const { call } = client;
    let calls = 0;
    client.call = (verb, ...args) => {
      calls += 1;
      return call(verb, ...args);
    };
    const both = [model.switchTo('leader'), model.switchTo('leader')];
    await answer();
    await Promise.all(both);
    expect(calls).toBe(1);
  });
});

describe('a flow', () => {
  it('stays as it was until the hub confirms the change', async () => {
    const { model, answer } = setUp();
    const voice = () => model.view.value.decisions.of('flow.voice');
    expect(voice().state).toBe('on');
    const done = model.toggleFlow('voice');
    expect(voice().state).toBe('pending');
    expect(model.view.value.situation.flows.voice.on).toBe(true);
    await answer();
    await done;
    expect(voice().state).toBe('off');
  });
});

describe('the slots of the bar', () => {
  it('stay empty for two seconds where a control went', () => {
    const { model, publish, clock } = setUp();
    const before = slotsOf(model).map(({ id }) => id);
    publish(inboundNext);
    expect(slotsOf(model).filter(({ gone }) => gone).map(({ id }) => id)).toContain('mod.history');
    const kept = slotsOf(model).map(({ id }) => id).filter((id) => before.includes(id));
    expect(kept).toEqual(before);
    clock.pass(2000);
    expect(slotsOf(model).map(({ id }) => id)).toEqual(shownIds(model));
  });

  it('take in what came only when the pointer has left the bar, or after the two seconds', () => {
    const { model, publish, clock } = setUp();
    model.arrangement.pointer(true);
    publish(inboundNext);
    expect(slotsOf(model).map(({ id }) => id)).not.toContain('mod.voiceCampaigns');
    model.arrangement.pointer(false);
    expect(slotsOf(model).map(({ id }) => id)).toContain('mod.voiceCampaigns');
    model.arrangement.pointer(true);
    publish(everything);
    clock.pass(2000);
    expect(slotsOf(model).map(({ id }) => id)).toEqual(shownIds(model));
  });

  it('are filled again by a control that comes back in time', () => {
    const { model, publish } = setUp();
    publish(inboundNext);
    publish(inbound);
    expect(slotsOf(model).find(({ id }) => id === 'mod.history')).toMatchObject({ gone: false });
  });
});

describe('asking', () => {
  it('says that nothing is newer, with the version and the time', async () => {
    const { model, answer } = setUp();
    const done = model.refresh();
    await answer();
    await done;
    expect(model.notices.current.value).toMatchObject({ kind: 'upToDate', version: 7, at: NOW });
  });

  it('says in a sentence what the hub does not do yet', async () => {
    const { model, answer } = setUp();
    const done = model.command('pool.voice');
    await answer();
    await done;
    expect(model.notices.current.value).toMatchObject({ kind: 'problem', problem: { code: 'command.unavailable' } });
  });

  it('opens the page of a custom button, and only a web page', () => {
    const { model, opened } = setUp();
    model.custom(model.view.value.items.find(({ id }) => id === 'top.custom.weather')!);
    expect(opened).toEqual(['https://example.com/storms']);
    const button = (target: string, opens = 'url') =>
      pageOf({ resource: { id: 'x', kind: 'customButton', name: 'x', attributes: { opens, target } } });
    expect(button('javascript:alert(1)')).toBeNull();
    expect(button('data:text/html,x')).toBeNull();
    expect(button('/relative')).toBeNull();
    expect(button('https://example.com', 'workflow')).toBeNull();
  });
});
