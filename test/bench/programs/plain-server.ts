/** Node's own HTTP server, which answers a conditional GET as plainly as can be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './told.ts';

const ETAG = '"1-2-3-4"';
const server = createServer((request, response) => {
  if (request.headers['if-none-match'] === ETAG) response.writeHead(304, { etag: ETAG }).end();
  else response.writeHead(200, { etag: ETAG, 'content-type': 'application/json' }).end('{}');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
await serve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, () => null);
