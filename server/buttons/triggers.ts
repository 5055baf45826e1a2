/** Custom buttons that go off by themselves when an interaction is presented or accepted: on the hub, once for each. */
import type { ProfileView } from '../../lib/api/snapshot.ts';
import type { ButtonTrigger } from '../../lib/catalogue/resources.ts';
import { matchingRows } from '../../lib/decide/index.ts';
import { isForHub, showsButton, triggerOf, valuesOf } from '../../lib/interaction/custom-button.ts';
import type { Trx } from '../db/connect.ts';
import type { Interaction } from '../interactions/change.ts';
import { readView } from '../interactions/parts.ts';
import { masksBy } from '../modules/masking.ts';
import { hiddenVariables, readButton } from './plan.ts';
import { type Carrying, trigger } from './use.ts';

/**
 * In the transaction that presents or accepts one. Nothing is pressed: it is enough that the button is in the active
 * profile, as with those that open a page, and that its condition holds.
 *
 * @param view the active profile of whoever has it now
 */
export async function goOff(trx: Trx, row: Interaction, when: Exclude<ButtonTrigger, 'byHand'>, view: ProfileView | null, carrying: Carrying): Promise<void> {
  if (view === null || row.session_id === null || row.person_id === null) return;
  const ids = matchingRows(view, { tab: 'customButtons', resource: { place: ['interaction'] } })
    .map(({ id }) => id)
    .filter((id) => triggerOf(view.resources[id]!) === when && isForHub(view.resources[id]!));
  if (ids.length === 0) return;
  const interaction = await readView(trx, row, '');
  const person = await trx.selectFrom('person').select(['id', 'name', 'email']).where('id', '=', row.person_id).executeTakeFirst();
  if (!interaction || !person) return;
  const values = valuesOf(interaction, person, view);
  const hidden = hiddenVariables(masksBy(view), row.channel);
  for (const id of ids) {
    const button = await readButton(trx, row.account_id, id);
    if (!button || !showsButton(button, values)) continue;
    const profile = { id: view.id, name: view.name };
    await trigger(trx, { button, control: `int.custom.${id}`, trigger: when, accountId: row.account_id, sessionId: row.session_id, person, profile, values, hidden, subject: row.id, interaction: row }, carrying);
  }
}
