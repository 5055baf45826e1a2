/** What is done at its time: one round after the other, the next when it is due, nothing after the end. */
import { describe, expect, it } from 'vitest';
import { createRunner } from '../../server/runner.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

const SLOW_MS = 30_000;

/** A runner whose rounds wait for as long as `waits` says, one after the other, then until somebody looks. */
function counted(...waits: (number | null)[]) {
  const clock = createHandClock(0);
  const at: number[] = [];
  const runner = createRunner(clock, async () => {
    at.push(clock.now());
    return waits.shift() ?? null;
  });
  /** Lets the time pass, and what it began end. */
  const pass = async (milliseconds: number) => {
    clock.pass(milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { runner, at, pass };
}

describe('a runner', () => {
  it('does the next round when it is due, not before', async () => {
    const { runner, at, pass } = counted(1000);
    await runner.look();
    await pass(999);
    expect(at).toEqual([0]);
    await pass(1);
    expect(at).toEqual([0, 1000]);
  });

  it('looks now and then where nothing waits, or not for long', async () => {
    const { runner, at, pass } = counted(null, SLOW_MS * 10);
    await runner.look();
    await pass(SLOW_MS);
    await pass(SLOW_MS);
    expect(at).toEqual([0, SLOW_MS, SLOW_MS * 2]);
  });

  it('takes what is overdue as due at once', async () => {
    const { runner, at, pass } = counted(-5000);
    await runner.look();
    await pass(0);
    expect(at).toEqual([0, 0]);
  });

  it('puts the wait off when somebody looks: there is one timer', async () => {
    const { runner, at, pass } = counted(1000, 5000);
    await runner.look();
    await pass(500);
    await runner.look();
    await pass(1000);
    expect(at).toEqual([0, 500]);
    await pass(4000);
    expect(at).toEqual([0, 500, 5500]);
  });

  it('never does two rounds at a time, and waits for the one that goes on before it ends', async () => {
    let going = 0;
    let most = 0;
    let rounds = 0;
    let told = false;
    const ends: (() => void)[] = [];
    const runner = createRunner(createHandClock(0), async (stopped) => {
      rounds++;
      most = Math.max(most, ++going);
      await new Promise<void>((resolve) => ends.push(resolve));
      told = stopped();
      going--;
      return 1;
    });
    void runner.look();
    void runner.look();
    await new Promise((resolve) => setImmediate(resolve));
    const stopping = runner.stop();
    ends[0]!();
    await stopping;
    expect({ rounds, most, going, told }).toEqual({ rounds: 1, most: 1, going: 0, told: true });
  });

  it('does nothing any more once it has ended', async () => {
    const { runner, at, pass } = counted(1000);
    await runner.look();
    await runner.stop();
    await pass(SLOW_MS * 2);
    await runner.look();
    expect(at).toEqual([0]);
  });
});
