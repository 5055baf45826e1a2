/** The disk under the hub's folder and its database fails, rather than being full, with writes of all kinds going on. */
import { afterEach, describe, expect, it } from 'vitest';
import { type BadDisk, mountBadDisk, type OnError } from './bad-disk.ts';
import { expectNotReady, LASTING, type OnDisk, startOnDisk, until } from './on-disk.ts';
import { FULL, say } from './settings.ts';

const MEGABYTES = 400;
/** Each time it fails, so much is refused, and for so long. */
const REFUSED = 20;
const FAILING_MS = 8000;

let disk: BadDisk | null = null;
let on: OnDisk | null = null;
afterEach(async () => {
  disk?.mend();
  await on?.hub.stop();
  await disk?.unmount();
  [disk, on] = [null, null];
});

/** Null where the machine has none: skipped then. */
async function startOn(onError: OnError, skip: (why: string) => void): Promise<{ readonly disk: BadDisk; readonly on: OnDisk } | null> {
  const mounted = mountBadDisk(MEGABYTES, onError);
  if (typeof mounted === 'string') {
    say(`skipped, a disk that fails needs root on Linux: ${mounted}`);
    skip(mounted);
    return null;
  }
  disk = mounted;
  // Away for longer than a call waits for its telephone system.
  on = await startOnDisk(disk.folder, LASTING);
  return { disk, on };
}

/** Everything is refused as what may be asked again, or read as ever. @returns how much was read */
async function whileItFails({ isRefused, read }: OnDisk): Promise<number> {
  let reads = 0;
  for (const end = performance.now() + FAILING_MS, seen = { refused: 0 }; performance.now() < end || seen.refused < REFUSED; seen.refused += Number(await isRefused())) {
    const answer = await read();
    if (answer?.status === 200) reads += 1;
    else expectNotReady(answer);
  }
  return reads;
}

describe('a disk that fails', () => {
  it(`${FULL} times for a while is the hub's not being ready; nothing is lost, and it goes on by itself`, async ({ skip }) => {
    const started = await startOn('goes on', skip);
    if (!started) return;
    const { disk, on } = started;
    const healed: number[] = [];
    let reads = 0;
    await on.whileWriting(async () => {
      for (let time = 0; time < FULL; time += 1) {
        const begun = on.sum('acknowledged');
        await until('at work', () => on.sum('acknowledged') >= begun + 20);
        disk.fail();
        reads += await whileItFails(on);
        disk.mend();
        const [began, before] = [performance.now(), on.sum('acknowledged')];
        await until('acknowledged again', () => on.sum('acknowledged') >= before + on.writers.length);
        healed.push(performance.now() - began);
      }
    }, disk.mend);
    say(`failed ${FULL} times: ${on.sum('acknowledged')} acknowledged, refused ${on.sum('lost')} times, ${reads} reads answered while it did; writes again after ${healed.map(Math.round).toSorted((a, b) => a - b).join(', ')} ms`);
  });

  it('and that the system makes read-only is the hub\'s not being ready; repaired and started again, it has all that was acknowledged', async ({ skip }) => {
    const started = await startOn('becomes read-only', skip);
    if (!started) return;
    const { disk, on } = started;
    let reads = 0;
    let failure = '';
    await on.whileWriting(async () => {
      await until('at work', () => on.sum('acknowledged') >= 20);
      disk.fail();
      await until('read-only', disk.isReadOnly);
      // The disk is good again, but the system writes on it no more.
      disk.mend();
      reads = await whileItFails(on);
      await on.hub.kill();
      failure = await on.hub.start().then(() => 'it started', (error: Error) => error.message);
      await disk.repair();
      await on.hub.start();
    }, () => {});
    expect(failure).toMatch(/Fault: The data folder \S+ cannot be written \(EROFS\)/);
    say(`read-only: ${on.sum('acknowledged')} acknowledged, refused ${on.sum('lost')} times, ${reads} reads answered while it was`);
  });
});
