/** The queues and campaigns a supervisor has open, everyone first. */
import { useRef } from 'preact/hooks';
import { MOST_TABS } from '../../../lib/models/supervision/watching.ts';
import { t } from '../../ui/text.ts';
import { useSupervising } from './context.ts';

export function QueueTabs() {
  const model = useSupervising();
  const list = useRef<HTMLDivElement>(null);
  const shown = model.front.value?.id ?? null;
  const tabs = [{ id: null, name: t('sup.everyone'), people: model.state.value!.people.length }, ...model.tabs.value];
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === shown);
    const next = nextTab(event, at, tabs.length);
    if (event.key === 'Delete' && shown !== null) model.closeTab(shown);
    else if (next === null) return;
    else model.showTab(tabs[next]!.id);
    event.preventDefault();
    event.stopPropagation();
    // Drawn first: the one in front takes the keyboard.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div class="sup-tabs">
      <div ref={list} role="tablist" aria-label={t('sup.queues')} tabIndex={-1}>
        {tabs.map(({ id, name, people }) => (
          <button
            key={id ?? ''}
            type="button"
            role="tab"
            aria-selected={id === shown}
            aria-controls="sup-people"
            tabIndex={id === shown ? 0 : -1}
            data-queue={id ?? 'everyone'}
            onClick={() => model.showTab(id)}
            onKeyDown={move}
          >
            {name} <span class="count">{people}</span>
          </button>
        ))}
      </div>
      <AddTab />
    </div>
  );
}

/** A native list: what is chosen opens. Gone where there is none left to open, or as many are open as may be. */
function AddTab() {
  const model = useSupervising();
  const closed = model.closed.value;
  const full = model.tabs.value.length >= MOST_TABS && model.groups.value.length > MOST_TABS;
  if (full) return <small class="sup-full">{t('sup.full', MOST_TABS)}</small>;
  if (closed.length === 0) return null;
  return (
    <select class="field sup-add" aria-label={t('sup.openTab')} value="" onChange={({ currentTarget }) => currentTarget.value && model.openTab(currentTarget.value)}>
      <option value="">{t('sup.openTab')}</option>
      {closed.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function nextTab({ key, currentTarget }: KeyboardEvent, at: number, count: number): number | null {
  const forward = getComputedStyle(currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
  if (key === forward) return (at + 1) % count;
  if (key === back) return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
