/** The targets of campaigns: of those that one may work for, and of those that one manages. */
import type { ControlId } from '../catalogue/index.ts';
import { UNSENT } from '../distribution/sms.ts';
import { at, column, customer, field, note, owner, phone, resourceColumn, resourceField, verb } from './declare.ts';
import type { Panel, Verb } from './types.ts';

/** In the pool it is anybody's who works the campaign; planned, it has its time, and may have its person. */
export const TARGET_STATES = ['planned', 'pool', 'reached', 'unreached'];
/** What is still to be done. */
const OPEN = { state: ['planned', 'pool', 'unreached'] };
const PLANNED = { state: 'planned' };

/** What voice and SMS campaigns have alike. */
function targets(kind: 'voice' | 'sms', module: ControlId, more: Pick<Panel, 'columns'>, when: Verb['form']): Panel {
  const of = (name: 'program' | 'reprogram' | 'remove' | 'pool') => `camp.${kind}.${name}` as const;
  const campaigns = `${kind}Campaigns` as const;
  return {
    module,
    columns: [
      customer,
      phone,
      resourceColumn(campaigns),
      column('state', 'choice', { choices: TARGET_STATES, filters: true, sorts: true, thenBy: 'at' }),
      at,
      ...more.columns,
      note,
    ],
    order: { by: 'state', descending: false },
    reach: 'account',
    ofTab: campaigns,
    verbs: [
      verb(of('program'), 'create', 'module', {
        form: [
          resourceField(campaigns),
          field('customer', 'text', { required: true, max: 120 }),
          field('phone', 'phone', { required: true }),
          ...(when ?? []),
          field('note', 'longText'),
        ],
        sets: PLANNED,
      }),
      verb(of('reprogram'), 'change', 'row', { form: when ?? [], sets: PLANNED, where: OPEN }),
      verb(of('remove'), 'delete', 'rows', { destroys: 'undo', where: OPEN }),
      verb(of('pool'), 'change', 'rows', { sets: { state: 'pool', owner: null, at: null }, where: { state: ['planned', 'unreached'] } }),
    ],
  };
}

const time = field('at', 'instant', { required: true });

export const voiceCampaigns: Panel = targets(
  'voice',
  'mod.voiceCampaigns',
  { columns: [owner, column('tries', 'integer', { sorts: true }), column('disposition', 'text', { detail: true })] },
  [time, field('owner', 'person')],
);

export const smsCampaigns: Panel = targets(
  'sms',
  'mod.smsCampaigns',
  { columns: [column('by', 'person'), column('tries', 'integer', { sorts: true }), column('why', 'choice', { choices: UNSENT, detail: true })] },
  [time],
);

/** The targets of the campaigns that the profile lets one manage, whoever they are planned for. */
export const myVoiceCampaign: Panel = { ...voiceCampaigns, module: 'mod.myVoiceCampaign', rowsOf: 'mod.voiceCampaigns', ofRows: { manager: true } };
