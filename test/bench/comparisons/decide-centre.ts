/** What is decided on: a profile with twenty rows in every tab, a person with exceptions, and a moment in the middle of a call. */
import { fields, type Resources, tabs } from '../../../lib/catalogue/index.ts';
import type { ActiveProfile, Person, Situation } from '../../../lib/decide/index.ts';

const ROWS = 20;
const kept = tabs.filter((tab) => tab.kept === 'document');
const configuration = Object.fromEntries(
  kept.map((tab) => [
    tab.id,
    { enabled: true, rows: Array.from({ length: ROWS }, (_, row) => ({ id: `${tab.resource}-${row}`, voice: true, email: true, messages: true })) },
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

/** Every second setting is on. @param changed settings that are otherwise */
export const profileWith = (changed: Readonly<Record<string, boolean>> = {}): ActiveProfile => ({
  document: {
    schema: 1,
    settings: { ...Object.fromEntries(fields.filter(({ type }, at) => type === 'boolean' && at % 2 === 0).map(({ id }) => [id, true])), ...changed },
    configuration,
  },
  resources,
});
export const person: Person = { licence: 'smart', type: 'manager', allow: ['history.access'], deny: ['recording.delete'], accountOptions: [] };
const on = { voice: true, email: true, messages: true };
export const situation: Situation = {
  now: 1,
  activity: { id: 'activity-1', channels: on },
  flows: { voice: { on: true, forced: null }, email: { on: false, forced: 'supervisor' }, messages: { on: true, forced: null } },
  pauses: { inboundUntil: 0, outboundUntil: 2 },
  interaction: { id: 'i', channel: 'voice', phase: 'live', smart: true, autoRecorded: false },
  inHand: { voice: 1, email: 0, messages: 0 },
  leases: [{ control: 'int.record', interactionId: 'i' }],
  pending: [],
  connection: 'live',
};
