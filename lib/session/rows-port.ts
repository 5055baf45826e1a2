/** What a page with an open panel hears of the rows of modules: that they have changed, over a port of its own. */
import { browser } from 'wxt/browser';
import { type Clock, systemClock } from '../models/clock.ts';
import { type Port, ROWS_PORT } from './port-messages.ts';

export interface RowsEdges {
  /** @throws where there is no background to be reached any more: the extension was updated */
  readonly connect: () => Port;
  readonly clock: Pick<Clock, 'after'>;
  /** Calls back when the page comes back from the back-forward cache, which closes ports without a word. Returns how to stop. */
  readonly onReturn: (listener: () => void) => () => void;
}

/** The background was suspended under it: it comes back as soon as something is asked of it, a moment later at most. */
const AGAIN_MS = 1000;

const browserEdges: RowsEdges = {
  connect: () => browser.runtime.connect({ name: ROWS_PORT }) as unknown as Port,
  clock: systemClock,
  onReturn(listener) {
    const look = ({ persisted }: PageTransitionEvent) => persisted && listener();
    addEventListener('pageshow', look);
    return () => removeEventListener('pageshow', look);
  },
};

/** Calls back whenever rows of the module have changed. Returns how to stop. */
export function followRows(module: string, heard: () => void, { connect, clock, onReturn }: RowsEdges = browserEdges): () => void {
  let port: Port | null = null;
  let callOff = () => {};
  const open = () => {
    try {
      const opened = connect();
      port = opened;
      opened.onMessage.addListener((changed) => void (changed === module && port === opened && heard()));
      opened.onDisconnect.addListener(() => {
        if (port === opened) callOff = clock.after(AGAIN_MS, open);
      });
    } catch {
      // The list is read again by itself; what a page says of an updated extension it says elsewhere.
    }
  };
  const close = () => {
    callOff();
    port?.disconnect();
    port = null;
  };
  const stay = onReturn(() => {
    close();
    open();
  });
  open();
  return () => {
    stay();
    close();
  };
}
