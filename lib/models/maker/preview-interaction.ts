/** An interaction that is only thought up, told as the hub would tell it by what the profile says. */
import type { InteractionView } from '../../api/interaction.ts';
import type { ProfileView, Snapshot } from '../../api/snapshot.ts';
import { type Channel, type Licence, rowsOf } from '../../catalogue/index.ts';
import { masked, type Masks } from '../../interaction/customer.ts';
import { exampleInteraction } from '../../interaction/example.ts';
import { acceptAtOf, opensAs, supervisionRate } from '../../interaction/taking.ts';

/** An invented customer, in the reader's language. */
export interface PreviewCustomer {
  readonly name: string;
  /** What an email or a message is about. */
  readonly subject: string;
}

interface Asked {
  readonly profile: ProfileView;
  readonly licence: Licence;
  readonly channel: Channel;
  readonly phase: InteractionView['phase'];
  /** When it came to be in this phase. */
  readonly since: number;
  readonly customer: PreviewCustomer;
}

/** Nobody's: kept free for stories by the French regulator, and by RFC 2606. */
const NUMBER = '+33199001234';
const ADDRESS = 'customer@example.com';
const STATE_OF = { offered: 'ringing', live: 'live', wrapup: 'wrapup' } as const satisfies Record<Asked['phase'], InteractionView['state']>;
/** How long it had waited when it began to ring, in milliseconds. */
const WAITED = 18_000;

export function previewInteraction({ profile, licence, channel, phase, since, customer }: Asked): InteractionView {
  const queue = queueOf(profile, channel);
  const smart = queue !== null && licence === 'smart';
  const autoRecorded = supervisionRate(profile, channel) >= 100;
  const { name, subject } = customer;
  return exampleInteraction({
    // A choice of another channel is another interaction.
    id: `preview-${channel}`,
    channel,
    phase,
    state: STATE_OF[phase],
    smart,
    autoRecorded,
    recording: autoRecorded && phase === 'live',
    queue: smart ? queue : null,
    customer: masked({ name, address: channel === 'email' ? ADDRESS : NUMBER, reference: null, language: null }, masksOf(profile), channel),
    subject: channel === 'voice' ? '' : subject,
    offeredAt: since - WAITED,
    since,
    connectedAt: phase === 'offered' ? null : since,
    until: phase === 'wrapup' ? afterwards(profile, since).inboundUntil || null : null,
    acceptAt: phase === 'offered' ? acceptAtOf(profile, { channel, smart }, since) : null,
    opens: opensAs(profile, channel),
  });
}

/** The pauses that begin when an interaction ends. */
export function afterwards({ document }: ProfileView, ended: number): Snapshot['situation']['pauses'] {
  const until = (seconds: number | undefined) => (seconds ? ended + seconds * 1000 : 0);
  return {
    inboundUntil: until(document.settings['interactions.timeoutInboundSec']),
    outboundUntil: until(document.settings['interactions.timeoutOutboundSec']),
  };
}

/** The first that the profile has with the channel. */
function queueOf({ document, resources }: ProfileView, channel: Channel): InteractionView['queue'] {
  const row = rowsOf(document, 'queues').find((each) => each[channel] === true && resources[each.id]);
  return row ? { id: row.id, name: resources[row.id]!.name } : null;
}

function masksOf({ document: { settings } }: ProfileView): Masks {
  return { name: settings['mask.name'] === true, phone: settings['mask.phone'] === true, email: settings['mask.email'] === true };
}
