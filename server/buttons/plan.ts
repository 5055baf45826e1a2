/** What a custom button says and to whom, before anything is asked: the same whether it is pressed or goes off by itself. */
import type { AnyCommand } from '../../lib/api/connector.ts';
import type { Channel } from '../../lib/catalogue/index.ts';
import type { ButtonTrigger } from '../../lib/catalogue/resources.ts';
import { filledAddress, isForHub, opensOf, type Values } from '../../lib/interaction/custom-button.ts';
import { type Variable, VARIABLES } from '../../lib/interaction/variables.ts';
import type { Masks } from '../../lib/modules/mask.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Interaction } from '../interactions/change.ts';
import { type AllowedHosts, serviceAddress } from './address.ts';
import { serviceSecrets } from './sign.ts';

export interface Button {
  readonly id: string;
  readonly name: string;
  readonly opens: 'workflow' | 'webService';
  readonly target: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Use {
  readonly button: Button;
  /** `int.custom.<button>` */
  readonly control: string;
  readonly trigger: ButtonTrigger;
  readonly accountId: string;
  readonly sessionId: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly profile: { readonly id: string; readonly name: string };
  /** As the person sees them. */
  readonly values: Values;
  readonly hidden: ReadonlySet<Variable>;
  /** The interaction or row that it is used with; empty in the bar. */
  readonly subject: string;
  readonly interaction: Interaction | null;
}

/** With the address that the banner is not told. Null where there is none of it, or it opens a page. */
export async function readButton(trx: Trx, accountId: string, id: string): Promise<Button | null> {
  const row = await trx.selectFrom('resource').select(['id', 'name', 'attributes']).where('id', '=', id).where('account_id', '=', accountId).where('kind', '=', 'customButton').where('archived', '=', false).executeTakeFirst();
  if (!row || !isForHub(row)) return null;
  return { id: row.id, name: row.name, opens: opensOf(row) as Button['opens'], target: String(row.attributes['target'] ?? '').trim(), attributes: row.attributes };
}

/**
 * The variables that hold what is hidden from somebody. What a messaging customer is reached by may be a number or an
 * address of another kind: either hides it.
 */
export function hiddenVariables(masks: Masks, channel: Channel | null = null): ReadonlySet<Variable> {
  const hidden: Variable[] = [];
  if (masks.has('name')) hidden.push('customer.name');
  if (masks.has('phone') || (channel === 'messages' && masks.has('email'))) hidden.push('customer.number');
  if (masks.has('email')) hidden.push('customer.email');
  return new Set(hidden);
}

/** What is sent: neither in the clear nor made unreadable what the person may not see. */
const sentOf = ({ values, hidden }: Pick<Use, 'values' | 'hidden'>) => ({
  variables: Object.fromEntries(VARIABLES.flatMap(([name]) => (hidden.has(name) ? [] : [[name, values(name)]]))),
  hidden: [...hidden],
});

/** The address with its variables filled in, and what is posted to it, to the byte. @param key by which it is known if it comes twice */
export function servicePlan(use: Use, key: string): { readonly target: string; readonly body: string } {
  const { button, trigger, person, profile, values, hidden, control } = use;
  const target = filledAddress(button.target, (name) => (hidden.has(name) ? '' : values(name))) ?? button.target;
  const [place] = control.split('.');
  const body = { id: key, button: { id: button.id, name: button.name }, place: PLACES[place as keyof typeof PLACES], trigger, person, profile, ...sentOf(use) };
  return { target, body: JSON.stringify(body) };
}

const PLACES = { top: 'topBar', int: 'interaction', case: 'case', crm: 'crmCard' } as const;

export function workflowPlan(use: Use, id: string): AnyCommand {
  const { button, trigger, person, interaction } = use;
  const of = interaction && { interactionId: interaction.id, ref: interaction.ref, channel: interaction.channel };
  return { id, verb: 'run', workflow: button.target, button: { id: button.id, name: button.name }, trigger, agent: person, ...of, ...sentOf(use) };
}

/** @throws {ProblemError} service.address, service.noSecret */
export async function requireService(trx: Trx, accountId: string, target: string, { allowed, now }: { readonly allowed: AllowedHosts; readonly now: number }): Promise<void> {
  if (!serviceAddress(target, allowed)) throw new ProblemError('service.address');
  if ((await serviceSecrets(trx, accountId, now)).length === 0) throw new ProblemError('service.noSecret');
}

/** That of the interaction; without one, the account's first, as for outgoing ones. @throws {ProblemError} connector.none */
export async function requireConnector(trx: Trx, accountId: string, interaction: Interaction | null): Promise<string> {
  let query = trx.selectFrom('connector').select('id').where('account_id', '=', accountId).where('hash', 'is not', null);
  if (interaction) query = query.where('id', '=', interaction.connector_id);
  const connector = await query.orderBy('made_at').executeTakeFirst();
  if (!connector) throw new ProblemError('connector.none');
  return connector.id;
}

