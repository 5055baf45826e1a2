/** The embedded database is started again where it ended, or hangs; a recovery is left its time. */
import { expect, it } from 'vitest';
import { type ClusterState, createKeeper } from '../../server/db/keeper.ts';

function aCluster() {
  const done: string[] = [];
  let state: ClusterState = 'serves';
  let time = 0;
  const keeper = createKeeper(
    {
      start: async () => void done.push('start'),
      stop: async (how) => void done.push(how),
      look: async () => state,
    },
    { release: () => void done.push('released') },
    () => time,
  );
  return {
    done,
    keeper,
    async seen(next: ClusterState, after = 0) {
      state = next;
      time += after;
      await keeper.revive();
    },
  };
}

it('is started again where it has ended, and left alone where it serves or recovers, however long', async () => {
  const { done, seen } = aCluster();
  await seen('serves');
  for (let minute = 0; minute < 10; minute += 1) await seen('recovers', 60_000);
  expect(done).toEqual([]);
  await seen('gone');
  expect(done).toEqual(['fast', 'start']);
});

it('is ended and started again where for a while nobody in it recovers', async () => {
  const { done, seen } = aCluster();
  await seen('hangs');
  await seen('hangs', 10_000);
  await seen('recovers', 10_000);
  await seen('hangs', 10_000);
  await seen('hangs', 14_999);
  expect(done).toEqual([]);
  await seen('hangs', 1);
  expect(done).toEqual(['immediate', 'start']);
  await seen('hangs', 1000);
  expect(done).toHaveLength(2);
});

it('is not started any more once it is stopped', async () => {
  const { done, keeper, seen } = aCluster();
  await keeper.stop();
  await seen('gone');
  expect(done).toEqual(['fast', 'released']);
});
