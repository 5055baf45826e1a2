/** The form of each thing one can start, beside its button. */
import { CHANNELS, controlById } from '../../../lib/catalogue/index.ts';
import { useParts } from '../context.ts';
import { DialogHead } from '../interaction/card-surfaces.tsx';
import { Surface } from '../surface.tsx';
import { t } from '../../ui/text.ts';
import { OutgoingForm } from './outgoing-form.tsx';

const ALL = CHANNELS.flatMap((channel) => (['direct', 'smart'] as const).map((way) => ({ channel, way, name: `out.${channel}.${way}` as const })));

export function OutgoingSurfaces() {
  const { banner } = useParts();
  const open = ALL.find(({ name }) => banner.surface.value === name);
  if (!open) return null;
  const { name, channel, way } = open;
  const title = t(controlById.get(name)!.label);
  return (
    <Surface key={name} name={name} anchor={document.querySelector(`[data-opens="${name}"]`) ? name : 'more'} label={title} role="region" class="outgoing dialog-surface" focus="input, select, textarea">
      <DialogHead title={title} onClose={() => banner.close()} />
      <OutgoingForm key={banner.dialled.value} channel={channel} way={way} number={channel === 'email' ? '' : banner.dialled.value} />
    </Surface>
  );
}
