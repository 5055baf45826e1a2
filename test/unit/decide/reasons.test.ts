import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Channel, type Control, controls, fieldById, LAYERS, tabById, type Term } from '../../../lib/catalogue/index.ts';
import { resourceByKind } from '../../../lib/catalogue/resources.ts';
import { type ActiveProfile, decide, type NoProfile, type Person, rightsOf, type Situation } from '../../../lib/decide/index.ts';
import { personArbitrary, profileArbitrary, situationArbitrary } from '../../fixtures/arbitraries.ts';

/**
 * The rule of catalogue §4 told as plainly as possible, term by term and straight from the document: what the compiled
 * decision must agree with.
 */
function holds(term: Term, profile: ActiveProfile | NoProfile, person: Person, now: Situation): boolean {
  const active = typeof profile === 'string' ? null : profile;
  const { interaction } = now;
  if (term.during && term.during !== interaction?.channel) return true;
  const tabs = (active?.document.configuration ?? {}) as Record<string, { enabled?: boolean; rows: Record<string, unknown>[] }>;
  const has = (field: string): boolean => {
    if (!active || person.deny.includes(field)) return false;
    return person.allow.includes(field) || (active.document.settings as Record<string, unknown>)[field] === true;
  };
  const hasChain = (field: string): boolean =>
    has(field) && (fieldById.get(field)!.dependsOn ?? []).every((on) => on.on !== 'field' || hasChain(on.field));
  switch (term.kind) {
    case 'licence':
      return person.licence === 'smart' || term.licence === 'essentials';
    case 'personType':
      return term.types.some((type) => type === person.type);
    case 'account':
      return person.accountOptions.includes(term.option);
    case 'notDenied':
      return term.fields.some((field) => !person.deny.includes(field));
    case 'granted':
      return term.fields.some(term.fields.length > 1 ? hasChain : has);
    case 'switchedOn':
      return tabs[term.tab]?.enabled === true;
    case 'row':
      return (tabs[term.tab]?.rows ?? []).some((row) => {
        const resource = active!.resources[row['id'] as string];
        const wanted = Object.entries(term.where ?? {}).every(([key, value]) => (row[key] === true) === value);
        const values = Object.entries(term.resource ?? {});
        return resource && wanted && values.every(([key, any]) => any.includes(resource.attributes[key] as string));
      });
    case 'activityChannel':
      return now.activity !== null && now.activity.channels[term.channel];
    case 'notForced':
      return now.flows[term.channel].forced === null;
    case 'interaction': {
      const phases = { offered: ['offered'], live: ['live'], wrapup: ['wrapup'], inHand: ['live', 'wrapup'] }[term.is];
      return interaction !== null && phases.includes(interaction.phase) && (term.channels?.includes(interaction.channel) ?? true);
    }
    case 'smartInteraction':
      return interaction?.smart === true;
    case 'notAutoRecorded':
      return interaction === null || !interaction.autoRecorded;
    case 'pauseOver':
      return now.now >= (term.direction === 'inbound' ? now.pauses.inboundUntil : now.pauses.outboundUntil);
    case 'belowMaximum': {
      const most = (active?.document.settings as Record<string, unknown> | undefined)?.[`flow.${term.channel}.manage.maxSimultaneous`];
      return now.inHand[term.channel] < ((most as number | undefined) ?? 1);
    }
    case 'connected':
      return now.connection === 'live' || now.connection === 'reconnecting';
  }
}

test('the reason is the first false term in the order of the layers, a hiding one before a locking one', () => {
  fc.assert(
    fc.property(profileArbitrary, personArbitrary, situationArbitrary, (profile, person, situation) => {
      const now = { ...situation, leases: [] };
      const decisions = decide(rightsOf(profile, person), now);
      for (const { id, terms } of controls as readonly Control[]) {
        const inOrder = LAYERS.flatMap((layer) => terms.filter((term) => term.layer === layer));
        const broken = inOrder.filter((term) => !holds(term, profile, person, now));
        const hiding = broken.find(({ effect }) => effect === 'hide');
        const first = hiding ?? broken[0];
        const { shown, reason } = decisions.of(id);
        expect(shown, id).toBe(!hiding);
        expect(reason === null, id).toBe(first === undefined);
        if (first && !reason!.code.startsWith('profile.')) expect(reason!.layer, id).toBe(first.layer);
        if (first && 'fields' in first) expect(reason!.setting, id).toBe(first.fields[0]);
        if (first && 'tab' in first) expect(reason!.setting, id).toBe(first.tab);
      }
    }),
    { numRuns: 300 },
  );
});

const person: Person = { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: ['accounting'] };
const quiet: Situation = {
  now: 1000,
  activity: { id: 'a', channels: { voice: true, email: true, messages: true } },
  flows: { voice: { on: false, forced: null }, email: { on: false, forced: null }, messages: { on: false, forced: null } },
  pauses: { inboundUntil: 0, outboundUntil: 0 },
  interaction: null,
  inHand: { voice: 0, email: 0, messages: 0 },
  leases: [],
  pending: [],
  connection: 'live',
};
const offered = (channel: Channel, smart = true): Situation => ({
  ...quiet,
  interaction: { id: 'i', channel, phase: 'offered', smart, autoRecorded: false },
});
const live = (channel: Channel, autoRecorded = false): Situation => ({
  ...quiet,
  interaction: { id: 'i', channel, phase: 'live', smart: true, autoRecorded },
});
/** A profile with these settings, and a row for every tab that a resource exists for. */
function profileWith(settings: Record<string, unknown>, configuration: Record<string, unknown> = {}): ActiveProfile {
  const ids = Object.entries(configuration).flatMap(([tab, content]) =>
    (content as { rows: { id: string }[] }).rows.map(({ id }) => [id, tabById.get(tab)!.resource] as const),
  );
  return {
    document: { schema: 1, settings, configuration },
    resources: Object.fromEntries(ids.map(([id, kind]) => [id, { id, kind, name: id, attributes: {} }])),
  };
}
const reasonFor = (control: string, profile: ActiveProfile | NoProfile, situation = quiet, who = person) =>
  decide(rightsOf(profile, who), situation).of(control).reason;

describe('the reason', () => {
  test('is the licence before the profile', () => {
    expect(reasonFor('flow.voice', profileWith({}), quiet, { ...person, licence: 'essentials' })).toEqual({
      code: 'licence.smart',
      layer: 'licence',
      setting: null,
      askable: false,
    });
  });

  test('names the setting, and says that one can ask for it', () => {
    expect(reasonFor('mod.history', profileWith({}))).toEqual({
      code: 'profile.right',
      layer: 'profile',
      setting: 'history.access',
      askable: true,
    });
  });

  test('is what a setting depends on before the setting itself', () => {
    expect(reasonFor('rec.delete', profileWith({}))?.setting).toBe('recording.access');
    expect(reasonFor('rec.delete', profileWith({ 'recording.access': true }))?.setting).toBe('recording.delete');
  });

  test('tells managers from managers and administrators', () => {
    const agent = { ...person, type: 'agent' as const };
    expect(reasonFor('mod.evaluations', profileWith({}), quiet, agent)?.code).toBe('person.manager');
    expect(reasonFor('mod.supervision', profileWith({}), quiet, agent)?.code).toBe('person.managerOrAdministrator');
  });

  test('speaks of all ways to transfer where none is on, then of the missing rule', () => {
    expect(reasonFor('int.transfer', profileWith({}))).toMatchObject({ code: 'profile.rights', setting: 'transfers.assistedQueue' });
    expect(reasonFor('int.transfer', profileWith({ 'transfers.advisor': true }))).toMatchObject({
      code: 'resource.none',
      setting: 'transferRules',
      askable: false,
    });
    const ruled = profileWith({ 'transfers.advisor': true }, { transferRules: { rows: [{ id: 'rule' }] } });
    expect(reasonFor('int.transfer', ruled)?.code).toBe('interaction.live');
    expect(reasonFor('int.transfer', ruled, live('voice'))).toBeNull();
  });

  test('tells a tab without rows from one without such a row', () => {
    const campaigns = (rows: unknown[]) => profileWith({ 'voiceCampaigns.access': true }, { voiceCampaigns: { rows } });
    expect(reasonFor('mod.myVoiceCampaign', campaigns([]))?.code).toBe('resource.none');
    expect(reasonFor('mod.myVoiceCampaign', campaigns([{ id: 'c' }]))?.code).toBe('resource.noneSuch');
    expect(reasonFor('mod.myVoiceCampaign', campaigns([{ id: 'c', manager: true }]))).toBeNull();
  });

  test('is that there is no profile, and why', () => {
    for (const none of ['none', 'expired', 'invalid'] as const) {
      expect(reasonFor('mod.history', none)).toMatchObject({ code: `profile.${none}`, layer: 'profile', askable: false });
      expect(reasonFor('mod.directory', none)?.code).toBe(`profile.${none}`);
      expect(reasonFor('core.activity', none)?.code).toBe(`profile.${none}`);
    }
  });

  test('follows the channel of the offer: the right to refuse a call is none to refuse an email', () => {
    const profile = profileWith({ 'flow.voice.access': true, 'flow.voice.manage.canRefuse': true, 'flow.email.access': true });
    expect(reasonFor('offer.refuse', profile, offered('voice'))).toBeNull();
    expect(reasonFor('offer.refuse', profile, offered('email'))).toMatchObject({
      code: 'profile.right',
      setting: 'flow.email.manage.canRefuse',
    });
    expect(reasonFor('offer.refuse', profile)?.code).toBe('interaction.offered');
  });

  test('of a refusal that needs access is the access, though the right itself is on', () => {
    const profile = profileWith({ 'flow.voice.manage.canRefuse': true });
    expect(reasonFor('offer.refuse', profile, offered('voice'))?.setting).toBe('flow.voice.access');
    expect(decide(rightsOf(profile, person), quiet).of('offer.refuse').shown).toBe(false);
  });

  test('keeps a direct offer from being refused', () => {
    const profile = profileWith({ 'flow.voice.access': true, 'flow.voice.manage.canRefuse': true });
    expect(reasonFor('offer.refuse', profile, offered('voice', false))?.code).toBe('interaction.notSmart');
  });

  test('of a control for calls says so during an email', () => {
    const profile = profileWith({ 'flow.voice.process.mute': true });
    expect(reasonFor('int.mute', profile)?.code).toBe('interaction.live');
    expect(reasonFor('int.mute', profile, live('email'))?.code).toBe('interaction.channel');
    expect(reasonFor('int.mute', profile, live('voice'))).toBeNull();
  });

  test('of recording by hand is that it is recorded already', () => {
    const profile = profileWith({ 'flow.voice.process.manualRecord': true });
    expect(reasonFor('int.record', profile, live('voice', true))?.code).toBe('interaction.autoRecorded');
  });

  test('of everything outgoing is the pause after the last interaction', () => {
    const profile = profileWith({ 'flow.voice.out.direct': true });
    const paused = { ...quiet, pauses: { inboundUntil: 0, outboundUntil: quiet.now + 1 } };
    expect(reasonFor('out.voice.direct', profile, paused)).toMatchObject({
      code: 'interaction.timeout',
      setting: 'interactions.timeoutOutboundSec',
    });
    expect(reasonFor('out.voice.direct', profile, { ...paused, now: quiet.now + 1 })).toBeNull();
  });

  test('of a pool is the most one may have at once', () => {
    const settings = { 'flow.email.access': true, 'flow.email.manage.pool': true, 'flow.email.manage.maxSimultaneous': 2 };
    const profile = profileWith(settings, { queues: { rows: [{ id: 'q', email: true }] } });
    expect(reasonFor('pool.email', profile, { ...quiet, inHand: { ...quiet.inHand, email: 1 } })).toBeNull();
    expect(reasonFor('pool.email', profile, { ...quiet, inHand: { ...quiet.inHand, email: 2 } })).toMatchObject({
      code: 'interaction.maximum',
      setting: 'flow.email.manage.maxSimultaneous',
    });
    expect(reasonFor('pool.email', profileWith(settings, { queues: { rows: [{ id: 'q', voice: true }] } }))?.code).toBe('resource.noneSuch');
  });

  test('of cancelling an invoice is the account without accounting rules', () => {
    const profile = profileWith({ 'invoices.access': true, 'invoices.cancel': true });
    expect(reasonFor('inv.cancel', profile)).toBeNull();
    expect(reasonFor('inv.cancel', profile, quiet, { ...person, accountOptions: [] })?.code).toBe('account.accounting');
  });
});

describe('the eight states of a flow button', () => {
  const both = profileWith({ 'flow.voice.access': true, 'flow.voice.canToggle': true });
  const fixed = profileWith({ 'flow.voice.access': true });
  const on = { ...quiet, flows: { ...quiet.flows, voice: { on: true, forced: null } } };
  const forced = (by: 'missed' | 'supervisor') => ({ ...quiet, flows: { ...quiet.flows, voice: { on: false, forced: by } } });
  const off = { ...quiet.activity!, channels: { ...quiet.activity!.channels, voice: false } };

  test.each([
    ['hidden', profileWith({}), quiet, 'profile.right', null],
    ['on', both, on, null, null],
    ['off', both, quiet, null, null],
    ['onLocked', fixed, on, 'profile.locked', null],
    ['offLocked', fixed, quiet, 'profile.locked', null],
    ['forcedOff', both, { ...quiet, activity: off }, 'activity.channel', 'activity'],
    ['forcedOff', both, { ...quiet, activity: null }, 'activity.channel', 'activity'],
    ['forcedOff', both, forced('missed'), 'supervisor.missed', 'missed'],
    ['forcedOff', both, forced('supervisor'), 'supervisor.forced', 'supervisor'],
    ['forcedOff', fixed, forced('supervisor'), 'profile.locked', 'supervisor'],
    ['pending', both, { ...on, pending: ['flow.voice'] }, null, null],
    ['stale', both, { ...on, connection: 'stale' as const }, 'connection.lost', null],
  ])('%s', (state, profile, situation, code, forcedBy) => {
    const decision = decide(rightsOf(profile, person), situation).of('flow.voice');
    expect(decision).toMatchObject({ state, forcedBy, enabled: state === 'on' || state === 'off' });
    expect(decision.reason?.code ?? null).toBe(code);
  });
});

describe('rows', () => {
  const buttons = profileWith({}, { customButtons: { rows: [{ id: 'top' }, { id: 'card' }, { id: 'gone' }] } });
  const placed: ActiveProfile = {
    ...buttons,
    resources: {
      top: { ...buttons.resources['top']!, attributes: { place: 'topBar' } },
      card: { ...buttons.resources['card']!, attributes: { place: 'interaction' } },
    },
  };

  test('each have their control, where their resource exists and belongs there', () => {
    const decisions = decide(rightsOf(placed, person), quiet);
    expect(decisions.rows('top.custom')).toEqual(['top']);
    expect(decisions.of('top.custom.top')).toMatchObject({ state: 'ready', control: 'top.custom' });
    expect(decisions.of('top.custom.card')).toMatchObject({ shown: false, reason: { code: 'resource.noneSuch', setting: 'customButtons' } });
    expect(decisions.of('top.custom.gone').shown).toBe(false);
    expect(decisions.of('int.custom.card').reason?.code).toBe('interaction.inHand');
  });

  test('of another kind count for nothing, and neither do those without a resource', () => {
    const rules = profileWith({ 'transfers.advisor': true }, { transferRules: { rows: [{ id: 'x' }] } });
    expect(reasonFor('int.transfer.advisor', rules, live('voice'))).toBeNull();
    expect(reasonFor('int.transfer.advisor', { ...rules, resources: {} }, live('voice'))?.code).toBe('resource.none');
    const queue = { x: { id: 'x', kind: 'queue' as const, name: 'x', attributes: {} } };
    expect(resourceByKind.has('queue')).toBe(true);
    expect(reasonFor('int.transfer.advisor', { ...rules, resources: queue }, live('voice'))?.code).toBe('resource.none');
    expect(reasonFor('int.transfer.advisor', profileWith({ 'transfers.advisor': true }, { transferRules: { rows: [{ id: 'constructor' }] } }), live('voice'))).toBeNull();
    const inherited = { ...profileWith({ 'transfers.advisor': true }, { transferRules: { rows: [{ id: 'constructor' }] } }), resources: {} };
    expect(reasonFor('int.transfer.advisor', inherited, live('voice'))?.code).toBe('resource.none');
  });
});

test('a control that the catalogue has not is an error of the caller', () => {
  const decisions = decide(rightsOf('none', person), quiet);
  expect(() => decisions.of('mod.nothing')).toThrow(RangeError);
  expect(() => decisions.of('top.custom.')).toThrow(RangeError);
  expect(() => decisions.of('__proto__')).toThrow(RangeError);
});
