/** The panel of a module: loaded when the first one is opened, as the bar needs nothing of it. */
import { type Control, type ControlId, controlById } from '../../lib/catalogue/index.ts';
import { Icon } from '../ui/icon.tsx';
import { iconNamed } from '../ui/icons.ts';
import { t } from '../ui/text.ts';
import { useParts } from './context.ts';
import { modules, useModulesLater } from './modules-later.ts';
import { SupervisionPanel } from './supervision/panel.tsx';
import { Surface } from './surface.tsx';
import { Withheld } from './withheld.tsx';

export function Panel({ inMore }: { inMore: ReadonlySet<string> }) {
  const { banner } = useParts();
  const name = banner.surface.value;
  const control = name?.startsWith('mod.') ? controlById.get(name) : undefined;
  if (!control) return null;
  return (
    <Surface
      key={control.id}
      name={control.id as `mod.${string}`}
      anchor={inMore.has(control.id) ? 'more' : control.id}
      label={t(control.label)}
      role="region"
      focus="input[type=search]"
      class="panel"
    >
      {control.id === 'mod.supervision' ? <SupervisionPanel /> : <Inside control={control} />}
    </Surface>
  );
}

function Inside({ control }: { control: Control<ControlId> }) {
  const { banner } = useParts();
  const wanted = banner.view.value.decisions.of(control.id).shown;
  const failed = useModulesLater(wanted);
  const loaded = modules.value;
  const panel = loaded?.panelByModule.get(control.id);
  if (wanted && loaded && panel) return <loaded.ModulePanel key={control.id} panel={panel} control={control} />;
  return (
    <>
      <Head control={control} />
      {!wanted && <p class="trouble">{t('panel.gone', t(control.label))}</p>}
      {wanted && !failed && (
        <p class="hint" role="status">
          {t('ui.loading')}
        </p>
      )}
      {wanted && failed && <p class="trouble" role="alert">{t('problem.client.outdated')}</p>}
      {(failed || !wanted) && <Withheld module={control.id} />}
    </>
  );
}

function Head({ control }: { control: Control<ControlId> }) {
  const { banner } = useParts();
  return (
    <div class="panel-head">
      <Icon name={iconNamed(control.icon)} size={20} />
      <h2>{t(control.label)}</h2>
      <button type="button" class="control bare" data-close aria-label={t('panel.close')} onClick={() => banner.close()}>
        <Icon name="x" />
      </button>
    </div>
  );
}
