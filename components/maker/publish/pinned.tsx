/** Who stays on an earlier version, in a line: the later ones were published for new assignments only. */
import type { ProfileWatch } from '../../../lib/api/shapes-maker.ts';
import { Icon } from '../../ui/icon.tsx';
import { names, tn } from '../../ui/text.ts';

export function Pinned({ watch: { receipts: { pinned } } }: { watch: Pick<ProfileWatch, 'receipts'> }) {
  if (pinned.length === 0) return null;
  const people = pinned.reduce((sum, each) => sum + each.people, 0);
  return (
    <p class="pinned" data-pinned={people}>
      <Icon name="history" size={14} />
      {names(pinned.map((each) => tn('makerPublish.pinned', each.people, each.version)), 3)}
    </p>
  );
}
