import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** `wxt prepare` must have run once: the WXT plugin gives the tests `#i18n` and an in-memory browser API. */
const shared = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } }, plugins: [WxtVitest()] } as const;

/** A test may start a hub and its database, or try a property hundreds of times, on a machine busy with others. */
const patience = { testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    globalSetup: 'test/fixtures/databases/global-setup.ts',
    // Vitest itself hardly works while the tests do: no core is left to it. More hubs would want more connections than
    // the one cluster has.
    maxWorkers: Math.min(availableParallelism(), 4),
    projects: [
      {
        ...shared,
        plugins: [...shared.plugins],
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          // Clocks, random, storage and sockets come in as arguments, so there is nothing to be kept apart but globals: two
          // processes read and compile the modules, and not one for each file.
          isolate: false,
          setupFiles: 'test/fixtures/own-globals.ts',
          ...patience,
        },
      },
      {
        ...shared,
        plugins: [...shared.plugins],
        test: {
          name: 'contract',
          environment: 'node',
          include: ['test/contract/**/*.test.{ts,tsx}'],
          ...patience,
        },
      },
      {
        // Under faults, one at a time and for as long as they are told: only scripts/faults.ts runs them.
        ...shared,
        plugins: [...shared.plugins],
        test: {
          name: 'faults',
          environment: 'node',
          include: process.env.PENNON_FAULTS_SEED ? ['test/faults/**/*.test.ts'] : [],
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
        },
      },
      {
        // In real browsers, one at a time: PENNON_E2E names them, both where it names none.
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/ready-folder.ts',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
