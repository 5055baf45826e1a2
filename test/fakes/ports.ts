import type { FrameEdges } from '../../lib/session/port.ts';
import type { Port } from '../../lib/session/port-messages.ts';
import type { PortHost } from '../../lib/session/serve-client.ts';

type Listener<T extends unknown[]> = (...args: T) => void;

function happening<T extends unknown[]>() {
  const listeners = new Set<Listener<T>>();
  return {
    addListener: (listener: Listener<T>) => void listeners.add(listener),
    removeListener: (listener: Listener<T>) => void listeners.delete(listener),
    say: (...args: T) => {
      for (const listener of listeners) listener(...args);
    },
  };
}

export const EXTENSION_ID = 'abcdefghijklmnopabcdefghijklmnop';
export const OWN_PAGE = `chrome-extension://${EXTENSION_ID}/banner.html`;

/** A runtime with both ends of its ports: messages are cloned and arrive later, as in a browser. */
export function fakeRuntime() {
  let onConnect = happening<[Port]>();
  let valid = true;
  const open = new Set<() => void>();
  const host = (): PortHost => ({
    id: EXTENSION_ID,
    getURL: (path) => `chrome-extension://${EXTENSION_ID}/${path}`,
    onConnect,
  });
  const connect = (name: string, sender: Port['sender']): Port => {
    if (!valid) throw new Error('Extension context invalidated.');
    const [near, far] = [pair(), pair()];
    let connected = true;
    const end = (told: typeof near) => {
      if (!connected) return;
      connected = false;
      open.delete(suspend);
      queueMicrotask(() => told.onDisconnect.say());
    };
    const suspend = () => end(near);
    open.add(suspend);
    const portOf = (own: typeof near, other: typeof near): Port => ({
      name,
      sender,
      onMessage: own.onMessage,
      onDisconnect: own.onDisconnect,
      postMessage(message) {
        if (!connected) throw new Error('Attempting to use a disconnected port object');
        const clone: unknown = structuredClone(message);
        queueMicrotask(() => connected && other.onMessage.say(clone));
      },
      disconnect: () => end(other),
    });
    const backgroundEnd = portOf(far, near);
    queueMicrotask(() => onConnect.say(backgroundEnd));
    return portOf(near, far);
  };
  return {
    host,
    connect,
    /** Ends the background: its ports close and its listeners are gone, as when the browser suspends it. */
    suspend() {
      onConnect = happening<[Port]>();
      for (const end of open) end();
    },
    /** The extension is updated under the frames. */
    invalidate() {
      valid = false;
      for (const end of open) end();
    },
    frameRuntime(url = OWN_PAGE): FrameEdges['runtime'] {
      return {
        get id() {
          return valid ? EXTENSION_ID : undefined;
        },
        connect: ({ name }) => connect(name, { id: EXTENSION_ID, url }),
      };
    },
  };
}

const pair = () => ({ onMessage: happening<[unknown]>(), onDisconnect: happening<[]>() });

/** `storage.session` and its changes, in memory. */
export function fakeSessionStorage(initial: Record<string, unknown> = {}) {
  const held = new Map<string, unknown>(Object.entries(initial));
  const changes = happening<[Record<string, { newValue?: unknown }>]>();
  let calls = 0;
  return {
    held,
    changes,
    calls: () => calls,
    area: {
      get: (keys: string | readonly string[]) => {
        calls += 1;
        const there = [keys].flat().filter((key) => held.has(key));
        return Promise.resolve(Object.fromEntries(there.map((key) => [key, structuredClone(held.get(key))])));
      },
      set: (items: Record<string, unknown>) => {
        calls += 1;
        const clone = structuredClone(items);
        for (const [key, value] of Object.entries(clone)) held.set(key, value);
        changes.say(Object.fromEntries(Object.entries(clone).map(([key, newValue]) => [key, { newValue }])));
        return Promise.resolve();
      },
      remove: (key: string) => {
        calls += 1;
        held.delete(key);
        changes.say({ [key]: {} });
        return Promise.resolve();
      },
    },
  };
}
