/** A background that ends while a banner page talks to it about its frame. */
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../lib/frame/frames-store.ts';
import type { BannerMessage } from '../../lib/frame/messages.ts';
import { insist } from '../../lib/frame/insist.ts';
import { DEFAULT_SIZE } from '../../lib/frame/placement.ts';
import { redeem } from '../../lib/frame/redeem.ts';
import { createTell } from '../../lib/frame/tell.ts';
import { DEFAULT_PLACE } from '../../lib/settings/schema.ts';
import { fakeClock } from '../fakes/clock.ts';

const clock = fakeClock();
/** The first so many are lost: as Chromium says it, or without a word. */
function losing(lost: number, how: () => Promise<unknown> = () => Promise.reject(new Error('the message channel closed before a response was received'))) {
  const said: BannerMessage[] = [];
  const tell = createTell((message) => {
    said.push(message);
    return said.length <= lost ? how() : Promise.resolve('heard');
  }, clock);
  return { said, tell };
}

describe('what a banner page says to a background that ends in the middle', () => {
  it('is said again', async () => {
    const { said, tell } = losing(2);
    const size = { to: 'frames', type: 'size', size: { total: 400 } } as const;
    const heard = tell(size);
    await clock.pass(1000);
    expect(await heard).toBe('heard');
    expect(said).toEqual([size, size, size]);
  });

  it('is said again where no answer comes at all', async () => {
    const { said, tell } = losing(1, () => new Promise(() => {}));
    const heard = tell({ to: 'frames', type: 'redeem', ticket: 'one' });
    await clock.pass(10_000);
    expect([await Promise.race([heard, 'nothing yet']), said.length]).toEqual(['heard', 2]);
  });

  // As Chromium does where another page heard it too: the channel is closed, and that nobody answered is no error.
  it('is said again where the answer is none', async () => {
    const { said, tell } = losing(2, () => Promise.resolve(undefined));
    const heard = tell({ to: 'frames', type: 'redeem', ticket: 'one' });
    await clock.pass(1000);
    expect([await Promise.race([heard, 'nothing yet']), said.length]).toEqual(['heard', 3]);
  });

  it('is believed where the answer is a refusal', async () => {
    const { said, tell } = losing(1, () => Promise.resolve(null));
    expect([await tell({ to: 'frames', type: 'redeem', ticket: 'one' }), said.length]).toEqual([null, 1]);
  });

  it.each<BannerMessage>([
    { to: 'frames', type: 'redeem', ticket: 'one' },
    { to: 'frames', type: 'size', size: { total: 400 } },
    { to: 'frames', type: 'calls', on: true },
  ])('is said for as long as it takes where nothing would make up for it: $type', async (message) => {
    const { said, tell } = losing(30);
    const heard = tell(message);
    await clock.pass(60_000);
    expect([await Promise.race([heard, 'nothing yet']), said.length]).toEqual(['heard', 31]);
  });

  it('is not said again once the next of its kind is: the older would come last and stay', async () => {
    const small = { to: 'frames', type: 'size', size: { total: 48 } } as const;
    const { said, tell } = losing(1, () => new Promise(() => {}));
    const large = tell({ to: 'frames', type: 'size', size: { total: 400 } });
    await clock.pass(1000);
    expect(await tell(small)).toBe('heard');
    await clock.pass(60_000);
    expect([await large, said.length, said.at(-1)]).toEqual([null, 2, small]);
  });

  it('is said again whatever of another kind is', async () => {
    const { said, tell } = losing(1, () => new Promise(() => {}));
    const size = { to: 'frames', type: 'size', size: { total: 400 } } as const;
    const heard = tell(size);
    await tell({ to: 'frames', type: 'calls', on: true });
    await clock.pass(3000);
    expect([await heard, said.at(-1)]).toEqual(['heard', size]);
  });

  it('is given up where nobody is there any more', async () => {
    const { said, tell } = losing(Number.POSITIVE_INFINITY);
    const heard = tell({ to: 'frames', type: 'collapse' });
    await clock.pass(60_000);
    expect(await heard).toBe(null);
    expect(said.length).toBeLessThan(10);
  });

  it('is not said again where twice is more than once', async () => {
    const { said, tell } = losing(1);
    expect(await tell({ to: 'frames', type: 'move', dx: 8, dy: 0 })).toBe(null);
    expect(said).toHaveLength(1);
  });
});

describe('what a page asks of a background that is slow', () => {
  /** Each answer takes so long. */
  const slow = (milliseconds: number) => {
    let asked = 0;
    const ask = () => ((asked += 1), new Promise<string>((resolve) => clock.after(milliseconds, () => resolve('a banner'))));
    return { ask, asked: () => asked };
  };

  it('is asked with more patience each time, until it is answered', async () => {
    const { ask, asked } = slow(18_000);
    const answer = insist(ask, () => true, clock.after);
    await clock.pass(37_000);
    expect([await Promise.race([answer, 'nothing yet']), asked()]).toEqual(['a banner', 4]);
  });

  it('is asked for as long as somebody looks, at most every 40 s', async () => {
    let looks = true;
    const { ask, asked } = slow(50_000);
    const answer = insist(ask, () => looks, clock.after);
    await clock.pass(600_000);
    const [before, soFar] = [asked(), await Promise.race([answer, 'nothing yet'])];
    looks = false;
    await clock.pass(60_000);
    expect([soFar, before > 15 && before < 22, await answer, asked() - before < 3]).toEqual(['nothing yet', true, undefined, true]);
  });

  it.each([
    ['says so', () => Promise.reject(new Error('Receiving end does not exist'))],
    ['answers nothing', () => Promise.resolve(undefined)],
    ['throws', () => { throw new Error('Extension context invalidated'); }],
  ])('is not asked without a pause where nobody is there and the browser %s', async (_how, gone: () => Promise<unknown>) => {
    let asked = 0;
    void insist(() => ((asked += 1), gone()), () => true, clock.after);
    await clock.pass(60_000);
    expect(asked > 10 && asked < 100).toBe(true);
  });
});

describe('the ticket of a frame', () => {
  const fresh: Frame = {
    origin: 'https://crm.example', place: DEFAULT_PLACE, size: DEFAULT_SIZE, window: null, frameId: null, ticket: 'one', redeemed: null, ask: null,
    placement: { ...DEFAULT_PLACE, grows: 'down' }, calls: false,
  };

  it('is good once, and again for the frame whose answer was lost', () => {
    const taken = redeem(fresh, 7, 'one')!;
    expect(taken).toMatchObject({ frameId: 7, ticket: null });
    expect(redeem(taken, 7, 'one')).toBe(taken);
  });

  it('is worth nothing to another frame, in another’s place, or made up', () => {
    const taken = redeem(fresh, 7, 'one');
    expect([redeem(taken, 8, 'one'), redeem(fresh, 7, 'two'), redeem(null, 7, 'one'), redeem({ ...fresh, ticket: 'two' }, 7, 'one')]).toEqual([null, null, null, null]);
  });
});
