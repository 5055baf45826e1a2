/** A hub without a demo as a process of its own, so that it can be killed: the environment says all. */
import { turnTo } from './hub-clock.ts';
import { readConfig } from '../../server/config.ts';
import { defaultParts } from '../../server/default-parts.ts';
import { createHub } from '../../server/hub.ts';

const hub = await createHub(readConfig(process.env), { parts: defaultParts(), checkAnswers: true });
const stop = () => void hub.close().then(() => process.exit(0));
process.on('SIGTERM', stop).on('SIGINT', stop);
// Whoever started it is gone: nobody would end it any more.
process.stdin.resume().once('end', stop);
process.on('message', (told: 'collect' | { readonly ahead: number }) => {
  if (told === 'collect') globalThis.gc?.();
  else turnTo(told.ahead);
  process.send!('done');
});
await hub.listen();
