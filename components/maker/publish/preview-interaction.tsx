/** What one could do with the offer or the interaction: the controls of the card, each with its state. */
import type { InteractionControl, Preview } from '../../../lib/models/maker/preview.ts';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed } from '../../ui/icons.ts';
import { t } from '../../ui/text.ts';
import { reasonText } from '../../banner/words.ts';
import { controlName } from './words.ts';

interface Props {
  readonly preview: Preview;
  readonly nameOf: (id: string) => string | null;
}

export function PreviewInteraction({ preview, nameOf }: Props) {
  const { phase, channel } = preview.situation.value;
  if (phase === 'idle' || phase === 'offline') return <p class="secondary">{t(`makerPreview.none.${phase}`)}</p>;
  const title = t('makerPreview.inInteraction', t(`makerPreview.phase.${phase}`), t(`channel.${channel}`));
  return (
    <section class="preview-interaction" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {preview.interactionControls.value.map((each) => (
          <li key={each.id}>
            <ControlButton each={each} preview={preview} name={controlName(each.id, nameOf)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ControlButton({ each: { id, control, decision }, preview, name }: { each: InteractionControl; preview: Preview; name: string }) {
  const why = decision.reason ? reasonText(decision.reason, preview.view.value.active?.name ?? '') : '';
  const locked = !decision.enabled;
  return (
    <button
      type="button"
      class="preview-control"
      data-control={id}
      data-state={decision.state}
      aria-disabled={locked || undefined}
      data-tip={why || undefined}
      onClick={() => !locked && preview.use(id)}
    >
      <Icon name={iconNamed(control.icon)} size={16} />
      <span>
        {name}
        {locked && <small>{why}</small>}
        {control.safety && <small>{t('makerPreview.always')}</small>}
      </span>
      {locked && <Icon name="lock" size={13} />}
    </button>
  );
}
