/** What the Maker's page hands to the frame of a preview: on the frame's own element, which only a page of ours can reach. */
import type { Clock } from '../../../lib/models/clock.ts';
import type { Client } from '../../../lib/session/client-state.ts';

export interface PreviewGiven {
  readonly client: Client;
  readonly clock: Clock;
  /** Calls back at once, then with every change. Returns how to stop. */
  readonly onAppearance: (listener: (appearance: 'light' | 'dark') => void) => () => void;
  /** Something was pressed that is not done in a preview: a page that would open. */
  readonly pressed: (what: string) => void;
}

export interface PreviewElement extends HTMLIFrameElement {
  preview?: PreviewGiven;
}
