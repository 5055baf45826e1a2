import type { Frame } from './frames-store.ts';

/**
 * The frame whose banner page brings its ticket. It is taken once; brought again by the frame that redeemed it, whose answer
 * was lost as the background ended, it is good still. To anybody else it is worth nothing: null.
 */
export function redeem(held: Frame | null, frameId: number, ticket: string): Frame | null {
  if (held?.ticket === ticket) return { ...held, ticket: null, redeemed: ticket, frameId };
  return held?.redeemed === ticket && held.frameId === frameId ? held : null;
}
