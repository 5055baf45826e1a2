/** For Vitest: a hub that is started once on a new folder and ended, so that those of the test files begin with a copy of it. */
import { rm } from 'node:fs/promises';
import { hubOn, newFolder, READY_FOLDER } from './hub.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await newFolder();
  const hub = await hubOn(folder);
  await hub.stop();
  process.env[READY_FOLDER] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
