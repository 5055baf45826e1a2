/** The pages that banners stand on: the demo CRM and a long list, served apart from any hub so that they cost the same whatever a hub does. */
import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { demoPages } from '../../../server/demo/pages.ts';
import { TICKETS_PAGE } from './tickets-page.ts';

export interface Crm {
  /** Of a customer's page. */
  readonly address: string;
  /** Of a long list, at the same place, so that the banner stands there as it does on the other. */
  readonly tickets: string;
  close(): Promise<void>;
}

export async function serveCrm(): Promise<Crm> {
  const demo = demoPages();
  const pages = (request: Request) => (new URL(request.url).pathname === '/tickets' ? new Response(TICKETS_PAGE, { headers: { 'content-type': 'text/html' } }) : demo.fetch(request));
  const server = await new Promise<ServerType>((resolve) => {
    const started: ServerType = serve({ fetch: pages, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: `${origin}/demo/customers/20418`,
    tickets: `${origin}/tickets`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
