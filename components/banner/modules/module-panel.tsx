/** The panel of any module, as its declaration says: a list, a row, a form; one step at a time, in one place. */
import { useModel } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Control, ControlId } from '../../../lib/catalogue/index.ts';
import { PanelModel } from '../../../lib/models/modules/panel.ts';
import type { Panel } from '../../../lib/modules/types.ts';
import { followRows } from '../../../lib/session/rows-port.ts';
import { useFocusKept } from '../../ui/focus-kept.ts';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed, registerIcons } from '../../ui/icons.ts';
import { t, tn } from '../../ui/text.ts';
import { Tips } from '../../ui/tips.tsx';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { Withheld } from '../withheld.tsx';
import { Campaigns, ManagedCampaigns, SmsCampaigns } from './campaigns.tsx';
import { PanelProvider, usePanel } from './context.ts';
import { DeedButton } from './deed-button.tsx';
import { pageFiles } from './files.ts';
import { panelIcons } from './icons.ts';
import { ConfirmView, FormView } from './form-view.tsx';
import { HOMES, useKeys } from './keys.ts';
import { Count, ListView } from './list-view.tsx';
import { RowView } from './row-view.tsx';
import { SaidBar } from './said-bar.tsx';
import { Statistics } from './statistics.tsx';
import './modules.css';

registerIcons(panelIcons);

export function ModulePanel({ panel, control }: { panel: Panel; control: Control<ControlId> }) {
  const { banner } = useParts();
  const model = useModel(
    () =>
      new PanelModel({
        panel,
        client: { call: banner.call },
        view: banner.view,
        clock: banner.clock,
        files: pageFiles,
        follow: followRows,
        spokenFor: panel.module === 'mod.scripts' ? banner.spokenFor.peek() : null,
      }),
  );
  const root = useRef<HTMLDivElement>(null);
  useFocusKept(root, HOMES);
  useKeys(root, (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && model.back()) event.preventDefault();
  });
  useLayoutEffect(() => {
    // Opened before this was loaded: the keyboard waits on the only button there was.
    const surface = root.current!.closest('.surface');
    const from = document.activeElement;
    if (from === surface || from === document.body || from?.matches('[data-close]')) root.current!.querySelector<HTMLElement>('input[type=search]')?.focus();
  }, []);
  return (
    <PanelProvider value={{ model, panel, control }}>
      <div class="module" ref={root} data-module={control.id} data-step={model.step.value.at}>
        <Head />
        {model.steps.value.length === 1 && <Over />}
        <Body />
        <SaidBar />
        <Foot />
        <Tips />
      </div>
    </PanelProvider>
  );
}

/** What stands over the list of a module's rows. */
function Over() {
  const { model, panel } = usePanel();
  const rows = model.list.rows.value;
  switch (panel.module) {
    case 'mod.voiceCampaigns':
      return <Campaigns />;
    case 'mod.smsCampaigns':
      return <SmsCampaigns rows={rows} />;
    case 'mod.myVoiceCampaign':
      return <ManagedCampaigns rows={rows} />;
    default:
      return null;
  }
}

function Head() {
  const { banner } = useParts();
  const { model, control } = usePanel();
  const inside = model.steps.value.length > 1;
  return (
    <div class="panel-head">
      {inside ? (
        <button type="button" class="icon-button back" aria-label={t('modulePanel.back')} data-tip={t('modulePanel.back')} onClick={() => model.back()}>
          <Icon name="arrow-left" size={18} />
        </button>
      ) : (
        <Icon name={iconNamed(control.icon)} size={20} />
      )}
      <h2>{t(control.label)}</h2>
      {!inside && model.offers.value.map((offer) => <DeedButton key={offer.verb.label ?? offer.verb.control} offer={offer} rows={[]} />)}
      <button type="button" class="control bare" data-close aria-label={t('panel.close')} onClick={() => model.mayLeave() && banner.close()}>
        <Icon name="x" />
      </button>
    </div>
  );
}

/** The list stays under what is opened over it: its place, its search and its scroll are there when one comes back. */
function Body() {
  const { model, panel } = usePanel();
  const step = model.step.value;
  const opened = model.opened.value;
  const entry = model.entry.value;
  const over =
    step.at === 'row' && opened ? (
      <RowView row={opened} />
    ) : step.at === 'form' && entry ? (
      <FormView key={step.verb.label ?? step.verb.control} step={step} entry={entry} />
    ) : step.at === 'confirm' ? (
      <ConfirmView step={step} />
    ) : null;
  return (
    <div class="panel-body">
      {panel.module === 'mod.statistics' ? <Statistics /> : <ListView covered={over !== null} />}
      {over && <div class="over">{over}</div>}
    </div>
  );
}

function Foot() {
  const { model, control } = usePanel();
  if (model.steps.value.length > 1) return null;
  const chosen = model.chosenIds.value;
  if (chosen.length > 0) {
    const rows = (model.list.rows.value ?? []).filter(({ id }) => chosen.includes(id));
    return (
      <div class="panel-foot choosing" role="group" aria-label={tn('ui.chosen', chosen.length)}>
        <span class="grow">{tn('ui.chosen', chosen.length)}</span>
        {model.offersOfChosen.value.map((offer) => (
          <DeedButton key={offer.verb.label ?? offer.verb.control} offer={offer} rows={rows} />
        ))}
        <button type="button" class="button plain" onClick={trusted(model.chooseNone)}>
          {t('modulePanel.chooseNone')}
        </button>
      </div>
    );
  }
  return (
    <div class="panel-foot">
      {control.id !== 'mod.statistics' && <Count />}
      <Withheld module={control.id} />
    </div>
  );
}
