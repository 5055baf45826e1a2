/** A hub with the demo centre, as a process of its own so that a test can kill it: `PORT` and `PENNON_DATA` say where. */
import { readConfig } from '../../server/config.ts';
import { createConnector } from '../../server/connector/connectors.ts';
import { defaultParts } from '../../server/default-parts.ts';
import { demoPages } from '../../server/demo/pages.ts';
import { seedDemo } from '../../server/demo/seed.ts';
import { demoServices, giveDemoSecret } from '../../server/demo/services.ts';
import { createHub } from '../../server/hub.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';
import { keepRows } from './rows.ts';
import { giveTokens } from './tokens.ts';

const hub = await createHub(readConfig(process.env, { LOG_LEVEL: 'silent', PENNON_SERVICE_HOSTS: '127.0.0.1' }), {
  parts: defaultParts({ pages: (context) => [demoServices(context), demoPages()] }),
  checkAnswers: true,
  async prepare({ db, config }) {
    await seedDemo(db, { hubUrl: config.publicUrl });
    await giveDemoSecret(db, Date.now());
    const { id } = await db.selectFrom('account').select('id').executeTakeFirstOrThrow();
    const { token } = await createConnector(db, id, 'Switchboard of the tests');
    console.log(`connector ${token}`);
  },
});
const stop = () => void hub.close().then(() => process.exit(0));
// Nor does it outlive tests that were cut off.
process.on('SIGTERM', stop).on('SIGINT', stop).on('disconnect', stop);
giveTokens(hub.context.db as unknown as AuthDatabase);
keepRows(hub.context.db);
await hub.listen();
