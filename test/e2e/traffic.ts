/**
 * The demo centre's traffic as the process that it is: customers who do what a test says, over the connector's contract
 * and nothing else.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConnectorCommand, ConnectorOffer } from '../../lib/api/connector.ts';
import { until } from './browser.ts';
import type { EndToEndHub } from './hub.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface TrafficProcess {
  /** To a queue by its name; answers its name there and the hub's. */
  offer(what: Pick<ConnectorOffer, 'channel'> & Partial<Pick<ConnectorOffer, 'customer' | 'subject' | 'text'>> & { readonly queue: string }): Promise<{ ref: string; id: string }>;
  /** The customer hangs up, or takes back what they wrote. */
  end(ref: string): Promise<unknown>;
  /** What the hub has asked of it by this verb, the oldest first. */
  asked(verb: ConnectorCommand['verb']): Promise<readonly ConnectorCommand[]>;
  stop(): Promise<void>;
}

export async function startTraffic(hub: EndToEndHub): Promise<TrafficProcess> {
  const program = [join(ROOT, 'server/demo/traffic/main.ts'), '--hub', hub.url, '--pace', '0', '--control', '0', '--quiet'];
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), program, {
    env: { ...process.env, PENNON_CONNECTOR_TOKEN: hub.connectorToken() },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const control = await until('the traffic to start', () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
    return /^Control on (\S+)$/m.exec(said)?.[1];
  });
  const call = async <T>(path: string, body?: object): Promise<T> => {
    const response = await fetch(control + path, body ? { method: 'POST', body: JSON.stringify(body) } : {});
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    // At its start it has not read yet which queues there are.
    offer: (what) => until('the hub to take it', () => call<{ ref: string; id: string }>('/offer', what)),
    end: (ref) => call('/end', { ref }),
    async asked(verb) {
      const { commands } = await call<{ commands: readonly { command: ConnectorCommand }[] }>('/log');
      return commands.map(({ command }) => command).filter((command) => command.verb === verb);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
