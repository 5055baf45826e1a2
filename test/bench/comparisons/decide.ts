/** What deciding costs: one control with its reason, all of them, and all again after one setting changed. */
import { controls } from '../../../lib/catalogue/index.ts';
import { decide, decideControl, rightsAfter, rightsOf } from '../../../lib/decide/index.ts';
import { type Comparison, interleave, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { versionOf } from '../harness/peers.ts';
import { median } from '../harness/statistics.ts';
import { casl, caslOfOutcomes } from './decide-casl.ts';
import { accesscontrol, casbin, type DecidePeer, permix } from './decide-peers.ts';
import { person, profileWith, situation } from './decide-centre.ts';

const CHANGED = 'history.access';
const [before, after] = [profileWith(), profileWith({ [CHANGED]: false })];
const rights = rightsOf(before, person);
const decisions = decide(rights, situation);
const all = [...decisions].filter(({ control }) => control !== 'top.custom');
const ids = all.map(({ control }) => control as string);

/** Kept from being optimised away. */
let sink: unknown = null;

/** Nanoseconds of one call of many, the median of some batches, so that a pause of the machine does not count. */
function nanoseconds(run: () => unknown, calls: number): number {
  const batches = Array.from({ length: 15 }, () => {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call++) sink = run();
    return Number(process.hrtime.bigint() - start) / calls;
  });
  return median(batches);
}

/** Of one control, while all are gone through. */
const each = (calls: number, decideOne: (control: string) => unknown) => () =>
  nanoseconds(() => {
    for (const id of ids) sink = decideOne(id);
  }, calls) / ids.length;

/** Every peer must say the same, or it would not be the same work. */
function checked(name: string, peer: DecidePeer): void {
  for (const { control, enabled, reason } of all) {
    if (peer.can(control) !== enabled) throw new Error(`${name} decides otherwise of ${control}`);
    if (peer.why && peer.why(control) !== (enabled ? null : reason!.code)) throw new Error(`${name} has another reason for ${control}`);
  }
}

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  const peers = { CASL: await casl(all, rights, situation), outcomes: await caslOfOutcomes(all), permix: await permix(all), accesscontrol: await accesscontrol(all), casbin: await casbin(all) };
  for (const [name, peer] of Object.entries(peers)) checked(name, peer);
  say(`${all.length} controls, ${all.filter(({ enabled }) => !enabled).length} of them not enabled`);
  const runs = {
    'one control with its reason': each(100, (id) => decideControl(id, rights, situation)),
    'CASL with its reason': each(100, peers.CASL.why),
    'CASL, no reason': each(100, peers.CASL.can),
    'CASL of outcomes, with its reason': each(100, peers.outcomes.why),
    'permix, no reason': each(100, peers.permix.can),
    'accesscontrol, no reason': each(20, peers.accesscontrol.can),
    'casbin, no reason': each(1, peers.casbin.can),
    [`all ${controls.length} controls with reasons`]: () => nanoseconds(() => decide(rights, situation), 200),
    'as many CASL checks': () => nanoseconds(() => { for (const id of ids) sink = peers.CASL.can(id); }, 200),
    'all, from a new document': () => nanoseconds(() => decide(rightsOf(after, person), situation), 50),
    'all, after one changed field': () => nanoseconds(() => decide(rightsAfter(rights, after, person, [CHANGED]), situation, decisions), 50),
  };
  // Once unmeasured: the first calls are those that are compiled.
  for (const warm of Object.values(runs)) warm();
  const samples = await interleave(rounds, runs);
  yield {
      title: 'Deciding what a profile allows, with reasons',
      measures: measuresOf(samples, 'ns'),
      targets: [
        { of: 'one control with its reason', against: 'CASL with its reason', by: 'ratio', most: 1 },
        { of: `all ${controls.length} controls with reasons`, against: 'as many CASL checks', by: 'ratio', most: 1 },
        { of: 'all, after one changed field', against: 'all, from a new document', by: 'ratio', most: 0.1 },
      ],
      notes: [
        `All libraries give the same answers for ${all.length} controls (checked before); CASL has the catalogue's rules.`,
        'Permix, accesscontrol, casbin and "CASL of outcomes" are given the outcomes of this one moment, and would need new rules at the next.',
        Object.entries({ CASL: '@casl/ability', permix: 'permix', accesscontrol: 'accesscontrol', casbin: 'casbin' }).map(([name, of]) => `${name} ${versionOf(of)}`).join(', '),
        ...(sink === undefined ? ['nothing decided'] : []),
      ],
    };
}

export const decideComparison: Comparison = { name: 'decide', about: 'deciding controls, beside CASL, permix, accesscontrol and casbin', run };
