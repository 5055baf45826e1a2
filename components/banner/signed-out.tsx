/** The bar before there is a session. */
import type { ClientState } from '../../lib/session/client-state.ts';
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { trusted } from '../ui/trusted.ts';
import { useParts } from './context.ts';
import { type Step, stepOf } from './step.ts';

export function SignedOut({ state }: { state: ClientState }) {
  const { banner, openOptions } = useParts();
  const step = stepOf(state);
  const run = (id: Step['actions'][number]['id']) => {
    if (id === 'options') openOptions();
    else void banner[id]();
  };
  return (
    <div class={`step ${step.tone}`} role="group" data-group="signIn" aria-label={t('banner.group.signIn')} data-phase={step.state}>
      <span class="step-icon">
        <Icon name={step.icon} size={20} class={step.turning ? 'spin' : ''} />
      </span>
      <p role="status" data-tip={step.title} data-why={step.detail} data-tip-where="clipped" style="anchor-name: --at-step">
        <strong>{step.title}</strong> {step.detail && <span class="secondary">{step.detail}</span>}
      </p>
      <span class="step-actions">
        {step.actions.map(({ id, label, primary }) => (
          <button
            type="button"
            key={id}
            data-item
            data-action={id}
            class={`button ${primary ? 'primary' : 'plain'}`}
            aria-disabled={banner.asking.value.has(id)}
            onClick={trusted(() => run(id))}
          >
            {label}
          </button>
        ))}
      </span>
    </div>
  );
}
