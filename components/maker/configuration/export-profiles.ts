/** Profiles into a file, as the import reads it. */
import { profilesFileName } from '../../../lib/models/maker/transfer-profiles.ts';
import { problemText } from '../../ui/problem.ts';
import { tn } from '../../ui/text.ts';
import type { Maker } from '../context.ts';

/**
 * Gives the person a file of these profiles: each as it is published, one never published as its draft is. Says so, or
 * what went wrong.
 */
export async function exportProfiles({ hub, toasts, clock, download }: Pick<Maker, 'hub' | 'toasts' | 'clock' | 'download'>, ids: readonly string[]): Promise<void> {
  const got = await hub.ask('exportProfiles', { query: { ids: ids.join(',') } });
  if (!got.ok) return toasts.say({ text: problemText(got.problem), tone: 'bad' });
  const file = got.value.value;
  download(profilesFileName(file.profiles, new Date(clock.now())), 'application/json', JSON.stringify(file, null, 2));
  toasts.say({ text: tn('makerTransfer.profiles.exported', file.profiles.length), tone: 'good' });
}
