/** Opens "Why is something missing?". */
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { useParts } from './context.ts';
import { anchorOf } from './anchor.ts';

export function WhyButton() {
  const { banner } = useParts();
  return (
    <button
      type="button"
      class="control bare"
      style={`anchor-name: ${anchorOf('why')}`}
      data-item
      data-opens="why"
      data-tip={t('why.title')}
      aria-label={t('why.title')}
      aria-haspopup="dialog"
      aria-expanded={banner.surface.value === 'why'}
      onClick={() => banner.toggle('why')}
    >
      <Icon name="circle-question-mark" />
    </button>
  );
}
