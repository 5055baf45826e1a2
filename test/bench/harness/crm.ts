/** The page that banners stand on: the demo CRM alone, served apart from any hub so that it costs the same whatever a hub does. */
import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { demoPages } from '../../../server/demo/pages.ts';

export interface Crm {
  /** Of a customer's page. */
  readonly address: string;
  close(): Promise<void>;
}

export async function serveCrm(): Promise<Crm> {
  const server = await new Promise<ServerType>((resolve) => {
    const started: ServerType = serve({ fetch: demoPages().fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/demo/customers/20418`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
