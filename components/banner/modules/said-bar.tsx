/** What was done, what will be, and what went wrong: at the foot of the panel, seen and heard. */
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { usePanel } from './context.ts';
import { saidText } from './words.ts';

const ICON = { done: 'circle-check', undone: 'circle-check', undoable: 'circle-check', problem: 'triangle-alert', conflict: 'info', covered: 'triangle-alert' } as const;

export function SaidBar() {
  const { banner } = useParts();
  const { model } = usePanel();
  const { deeds } = model;
  const said = deeds.said.value;
  const bad = said !== null && said.kind !== 'done' && said.kind !== 'undone' && said.kind !== 'undoable';
  return (
    <div class="said-place" role="status" onPointerEnter={deeds.pause} onPointerLeave={deeds.resume} onFocusIn={deeds.pause} onFocusOut={deeds.resume}>
      {model.leaving.value && <Leaving />}
      {model.gone.value && (
        <div class="said bad" data-said="gone">
          <Icon name="info" size={16} />
          <p>{t('problem.notFound')}</p>
          <button type="button" class="icon-button" aria-label={t('ui.dismiss')} onClick={() => model.forgetGone()}>
            <Icon name="x" size={14} />
          </button>
        </div>
      )}
      {said && (
        <div class={`said ${bad ? 'bad' : ''}`} data-said={said.kind}>
          <Icon name={ICON[said.kind]} size={16} />
          <p>{saidText(said, banner.view.value.active?.name ?? '')}</p>
          {said.kind === 'undoable' && (
            <button type="button" class="button plain" data-undo onClick={trusted(deeds.undo)}>
              <Icon name="undo-2" size={16} />
              <span class="label">{t('modulePanel.undo')}</span>
            </button>
          )}
          <button type="button" class="icon-button" aria-label={t('ui.dismiss')} onClick={() => deeds.say(null)}>
            <Icon name="x" size={14} />
          </button>
        </div>
      )}
    </div>
  );
}

/** Going back would drop what was typed. */
function Leaving() {
  const { model } = usePanel();
  return (
    <div class="said" data-said="leaving">
      <Icon name="triangle-alert" size={16} />
      <p>{t('modulePanel.leaving')}</p>
      <button type="button" class="button plain" onClick={trusted(model.stay)}>
        {t('modulePanel.stay')}
      </button>
      <button type="button" class="button plain" data-drop onClick={trusted(model.back)}>
        {t('modulePanel.drop')}
      </button>
    </div>
  );
}
