/** Over the rows of a tab: its name, its own switch, the search, and what can be done to all of it. */
import { type ConsoleRight, moduleOfKind } from '../../../lib/catalogue/console.ts';
import type { Tab } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import type { Configuration } from '../../../lib/models/maker/configuration.ts';
import { changeCount } from '../../../lib/models/maker/configuration-rows.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed } from '../../ui/icons.ts';
import { SearchBox } from '../../ui/search.tsx';
import { Switch } from '../../ui/switch.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { useWhyNotAdd } from './why-not-add.ts';

interface TabHeadProps {
  readonly tab: Tab;
  readonly model: Configuration;
  readonly editing: boolean;
  readonly onAdd: () => unknown;
}

export function TabHead({ tab, model, editing, onAdd }: TabHeadProps) {
  const change = model.change.value;
  const whyNot = useWhyNotAdd(tab, model);
  const many = model.rows.value.length > 7 || model.search.value !== '';
  return (
    <header class="tab-head">
      <div class="title">
        <Icon name={iconNamed(tab.icon)} size={18} />
        <h2 tabIndex={-1}>{t(tab.label)}</h2>
        <span class="count">{formatNumber(model.content.value.rows.length)}</span>
        <span class="space" />
        <ManageLink tab={tab} />
        {editing && (
          <Button icon="plus" disabledReason={whyNot} onPress={onAdd}>
            {t('makerConfiguration.add.action')}
          </Button>
        )}
      </div>
      {tab.switched && <WholeTab tab={tab} model={model} editing={editing} />}
      {(many || change) && (
        <div class="tools">
          {many && (
            <SearchBox
              label={t('makerConfiguration.search', t(tab.label))}
              value={model.search.value}
              found={model.shown.value.length}
              onInput={(typed) => (model.search.value = typed)}
            />
          )}
          {change && (
            <Button
              icon="filter"
              tone="plain"
              aria-pressed={model.onlyChanged.value}
              onPress={() => (model.onlyChanged.value = !model.onlyChanged.peek())}
            >
              {tn('makerConfiguration.changes', changeCount(change))}
            </Button>
          )}
          {change && editing && (
            <Button icon="undo-2" tone="plain" onPress={model.undoAll}>
              {t('makerConfiguration.undo.tab')}
            </Button>
          )}
        </div>
      )}
    </header>
  );
}

/** To where its resources are made and changed. */
function ManageLink({ tab }: { tab: Tab }) {
  const { rights } = useMaker();
  const module = moduleOfKind.get(tab.resource)!;
  if (!rights.value.may(`${module.id}.read`).allowed) return null;
  const mayCreate = rights.value.may(`${module.id}.create` as ConsoleRight).allowed;
  return (
    <a class="button plain" href={hrefOf({ page: 'resources', kind: tab.resource, resourceId: null })}>
      <Icon name="external-link" size={16} />
      <span class="label">{t(mayCreate ? 'makerConfiguration.manage' : 'makerConfiguration.look')}</span>
    </a>
  );
}

/** The switch of the whole tab: off, nobody sees any of it. */
function WholeTab({ tab, model, editing }: Omit<TabHeadProps, 'onAdd'>) {
  const on = model.content.value.enabled === true;
  const changed = model.change.value?.switched != null;
  return (
    <div class="whole-tab" data-on={on} data-changed={changed || undefined}>
      {editing ? (
        <Switch label={t(`makerConfiguration.whole.${tab.id}`)} checked={on} disabledReason={model.mayEnable.value ? null : t('makerConfiguration.blocked.grant')} onChange={model.setEnabled} />
      ) : (
        <span class="read">
          <Icon name={on ? 'check' : 'ban'} size={16} />
          {t(`makerConfiguration.whole.${tab.id}`)}
        </span>
      )}
      <small>{t(on ? 'makerConfiguration.whole.on' : 'makerConfiguration.whole.off')}</small>
      {changed && editing && (
        <IconButton icon="undo-2" tone="plain" label={t('makerConfiguration.undo.switch')} onPress={model.undoEnabled} />
      )}
    </div>
  );
}
