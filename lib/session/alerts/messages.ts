/** What a banner page asks of the background about an offer. Checked for who sent it, as every message is. */
import * as v from 'valibot';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

export const alertMessage = v.variant('type', [
  /** May this frame ring? Answered with true once for each offer. */
  v.object({ to: v.literal('alerts'), type: v.literal('ring'), interactionId: id }),
  /** Opens a custom button's page in a tab of its own, once for each interaction and button. */
  v.object({
    to: v.literal('alerts'),
    type: v.literal('open'),
    interactionId: id,
    row: id,
    address: v.pipe(v.string(), v.maxLength(4000), v.url(), v.regex(/^https?:/i)),
  }),
]);
export type AlertMessage = v.InferOutput<typeof alertMessage>;
