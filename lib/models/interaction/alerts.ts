/** What an offer asks of the browser, once for all frames: the background answers the first that asks. */
export interface Alerts {
  /** Whether this frame is the one to ring for the offer: the person wants a sound, and no other frame makes it. */
  ring(interactionId: string): Promise<boolean>;
  /** Opens a custom button's page by itself, where no frame has done so for this interaction. */
  open(interactionId: string, row: string, address: string): Promise<void>;
}

/** Nobody hears or opens anything: in a preview. */
export const NO_ALERTS: Alerts = { ring: () => Promise.resolve(false), open: () => Promise.resolve() };
