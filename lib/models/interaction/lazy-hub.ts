/** The same as `createInteractionHub`, loaded with the first question: the schemas of its answers are not for every tab. */
import type { Client } from '../../session/client-state.ts';
import type { InteractionHub } from './hub.ts';

export function lazyHub(client: Pick<Client, 'call'>): InteractionHub {
  let asked: Promise<InteractionHub> | null = null;
  const hub = () => (asked ??= import('./hub.ts').then(({ createInteractionHub }) => createInteractionHub(client)));
  return {
    whole: async (id) => (await hub()).whole(id),
    targets: async (id) => (await hub()).targets(id),
    number: async (channel, typed) => (await hub()).number(channel, typed),
    pool: async (channel) => (await hub()).pool(channel),
    writeNote: async (id, note) => (await hub()).writeNote(id, note),
    sendMessage: async (id, text) => (await hub()).sendMessage(id, text),
    markRead: async (id, to) => (await hub()).markRead(id, to),
    withdrawNext: async () => (await hub()).withdrawNext(),
  };
}
