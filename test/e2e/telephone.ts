/** A telephone system for end-to-end tests, by the connector's HTTP contract and nothing else. */
import type { AnyCommand, ConnectorCommand, ConnectorEvent, ConnectorOffer, WorkflowCommand } from '../../lib/api/connector.ts';
import { until } from './browser.ts';
import type { EndToEndHub } from './hub.ts';

type Verb = AnyCommand['verb'];
type Told<V extends Verb> = V extends WorkflowCommand['verb'] ? WorkflowCommand : ConnectorCommand;

export interface Telephone {
  /** Offers it to a queue by name, or to what is said besides; answers the interaction's id. */
  offer(queue: string | null, more?: Partial<ConnectorOffer>): Promise<string>;
  report(interactionId: string, event: ConnectorEvent): Promise<void>;
  /** Waits until this is asked, and does it. */
  obey<V extends Verb>(verb: V, result?: object): Promise<Told<V>>;
  /** Waits until this is asked, and leaves it. */
  asked<V extends Verb>(verb: V): Promise<Told<V>>;
}

export function createTelephone(hub: EndToEndHub): Telephone {
  let refs = 0;
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(hub.url + path, {
      method,
      headers: { authorization: `Bearer ${hub.connectorToken()}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const asked = <V extends Verb>(verb: V): Promise<Told<V>> =>
    until(`the hub to ask for ${verb}`, async () => {
      const { commands } = await call<{ commands: readonly AnyCommand[] }>('GET', '/api/connector/commands');
      return commands.find((command) => command.verb === verb) as Told<V> | undefined;
    });
  return {
    asked,
    async offer(queue, more) {
      refs += 1;
      const { queues } = await call<{ queues: { id: string; name: string }[] }>('GET', '/api/connector');
      const to = queue === null ? {} : { queueId: queues.find(({ name }) => name === queue)!.id };
      const offer = { ref: `${Date.now()}-${refs}`, channel: 'voice', ...to, customer: { name: 'Hélène Garnier', address: '+33612345678' }, ...more };
      return (await call<{ id: string }>('POST', '/api/connector/interactions', offer)).id;
    },
    report: (interactionId, event) => call('POST', `/api/connector/interactions/${interactionId}/events`, event),
    async obey<V extends Verb>(verb: V, result: object = { result: 'done' }) {
      const command = await asked(verb);
      await call('POST', `/api/connector/commands/${command.id}`, result);
      return command;
    },
  };
}
