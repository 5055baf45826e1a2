/** The hub as a program, on a folder that goes with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageFile from '../../../package.json' with { type: 'json' };
import { type Program, startProgram } from './program.ts';

export const TOKEN = 'pnt_bench-';

/** Of Node, as a hub is started with them. */
export const FLAGS = packageFile.scripts.hub.split(' ').filter((word) => word.startsWith('--'));

export interface HubProgram extends Program {
  readonly url: string;
  readonly port: number;
}

export async function withHub<T>(options: { readonly people: number; readonly quiet?: boolean; readonly config?: object }, use: (hub: HubProgram, restart: () => Promise<HubProgram>) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pennon-bench-'));
  // Under root PostgreSQL runs as another user, and must get through.
  chmodSync(folder, 0o755);
  const start = async (fill: boolean, port: number): Promise<HubProgram> => {
    const program = await startProgram('hub.ts', { quiet: false, fill, ...options, config: { PENNON_DATA: folder, PORT: port, ...options.config } }, process.execPath, FLAGS);
    return { ...program, url: program.ready.url, port: program.ready.port };
  };
  let hub = await start(true, 0);
  try {
    return await use(hub, async () => (hub = await start(false, hub.port)));
  } finally {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
