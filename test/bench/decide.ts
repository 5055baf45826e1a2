/**
 * What one decision costs: `npx node test/bench/decide.ts` prints nanoseconds, the median of many rounds. Compare the
 * figures of one run with each other; between machines they say little.
 */
import { controls, fields, type Resources, tabs } from '../../lib/catalogue/index.ts';
import { type ActiveProfile, decide, decideControl, type Decisions, type Person, rightsAfter, rightsOf, type Situation } from '../../lib/decide/index.ts';

const ROWS = 20;
const kept = tabs.filter((tab) => tab.kept === 'document');
const configuration = Object.fromEntries(
  kept.map((tab) => [
    tab.id,
    {
      enabled: true,
      rows: Array.from({ length: ROWS }, (_, row) => ({ id: `${tab.resource}-${row}`, voice: true, email: true, messages: true })),
    },
  ]),
);
const resources: Resources = Object.fromEntries(
  kept.flatMap((tab) =>
    Array.from({ length: ROWS }, (_, row) => {
      const id = `${tab.resource}-${row}`;
      return [id, { id, kind: tab.resource, name: id, attributes: { place: row % 2 ? 'topBar' : 'interaction' } }];
    }),
  ),
);
const profileWith = (share: number): ActiveProfile => ({
  document: {
    schema: 1,
    settings: Object.fromEntries(fields.filter(({ type }, at) => type === 'boolean' && at % share === 0).map(({ id }) => [id, true])),
    configuration,
  },
  resources,
});
const person: Person = { licence: 'smart', type: 'manager', allow: ['history.access'], deny: ['recording.delete'], accountOptions: [] };
const on = { voice: true, email: true, messages: true };
const situation: Situation = {
  now: 1,
  activity: { id: 'activity-1', channels: on },
  flows: { voice: { on: true, forced: null }, email: { on: false, forced: 'supervisor' }, messages: { on: true, forced: null } },
  pauses: { inboundUntil: 0, outboundUntil: 2 },
  interaction: { id: 'i', channel: 'voice', phase: 'live', smart: true, autoRecorded: false },
  inHand: { voice: 1, email: 0, messages: 0 },
  leases: [{ control: 'int.record', interactionId: 'i' }],
  pending: ['core.status'],
  connection: 'live',
};

function nanoseconds(run: () => unknown): number {
  const times = Array.from({ length: 61 }, () => {
    const calls = 400;
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call++) run();
    return Number(process.hrtime.bigint() - start) / calls;
  });
  return times.toSorted((a, b) => a - b)[30]!;
}

const profile = profileWith(2);
const rights = rightsOf(profile, person);
let decisions: Decisions | undefined;
const report: Record<string, number> = {
  [`decide all ${controls.length} controls`]: nanoseconds(() => decide(rights, situation)),
  'decide all again, unchanged': nanoseconds(() => (decisions = decide(rights, situation, decisions))),
  'decide one control': nanoseconds(() => decideControl('int.transfer', rights, situation)),
  [`rights of a profile with ${ROWS} rows a tab`]: nanoseconds(() => rightsOf(profile, person)),
  'rights after one setting changed': nanoseconds(() => rightsAfter(rights, profile, person, ['history.access'])),
};
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const rounds = 2000;
for (let round = 0; round < rounds; round++) decide(rights, situation);
report['bytes allocated a decision'] = (process.memoryUsage().heapUsed - before) / rounds;

for (const [what, figure] of Object.entries(report)) {
  process.stdout.write(`${what.padEnd(48)}${Math.round(figure).toLocaleString('en').padStart(10)}${what.startsWith('bytes') ? ' B' : ' ns'}\n`);
}
