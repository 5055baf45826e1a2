/** The panel of supervision, with its code: loaded when it is opened, for few people ever open it. */
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { controlById } from '../../../lib/catalogue/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';

export function SupervisionPanel() {
  const { banner } = useParts();
  const loaded = useSignal<{ readonly Supervision: ComponentType } | 'loading' | 'failed'>('loading');
  const load = () => {
    loaded.value = 'loading';
    void import('./supervision.tsx').then(
      (module) => void (loaded.value = module),
      () => void (loaded.value = 'failed'),
    );
  };
  useEffect(load, []);
  const { label } = controlById.get('mod.supervision')!;
  const state = loaded.value;
  return (
    <>
      <div class="panel-head">
        <Icon name="radar" size={20} />
        <h2>{t(label)}</h2>
        <button type="button" class="control bare" data-close aria-label={t('panel.close')} onClick={() => banner.close()}>
          <Icon name="x" />
        </button>
      </div>
      {state === 'loading' && (
        <p class="hint" role="status">
          {t('sup.loading')}
        </p>
      )}
      {state === 'failed' && (
        <p class="trouble" role="alert">
          {t('problem.client.outdated')}
        </p>
      )}
      {typeof state === 'object' && <state.Supervision />}
    </>
  );
}
