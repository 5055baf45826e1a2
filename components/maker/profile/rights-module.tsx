/** One module of the Maker: whether the menu shows it, each verb, and for which of its elements. */
import { BASIC_VERBS, SPECIAL_VERBS } from '../../../lib/catalogue/console.ts';
import type { ModuleModel, VerbModel } from '../../../lib/models/maker/rights.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { type MenuItem, MenuButton } from '../../ui/menu.tsx';
import { t, tn } from '../../ui/text.ts';
import { FieldNotes } from './field-notes.tsx';
import { Highlighted } from './highlighted.tsx';
import { MenuControl, PermissionControl } from './permission.tsx';
import { RightsElements } from './rights-elements.tsx';
import { useFieldPage } from './settings-context.ts';

/** Kept for the sake of what was taken over, and without a meaning here. */
const OPAQUE = new Set(['events', 'flow']);

export function RightsModule({ model }: { model: ModuleModel }) {
  const { editor } = useFieldPage();
  const { module } = model;
  const editing = editor.editing.value;
  const special = model.verbs.filter(({ verb }) => (SPECIAL_VERBS as readonly string[]).includes(verb));
  const changes = model.changes.value;
  return (
    <div class="rights-module" role="rowgroup" data-module={module.id} data-changed={changes > 0}>
      <div class="rights-row" role="row">
        <div class="module-name" role="rowheader">
          <Icon name={module.icon as IconName} size={16} />
          <span class="grow">
            <Highlighted text={t(module.label)} />
            <small>
              <State model={model} />
            </small>
          </span>
          {model.elements && <RightsElements model={model} field={model.elements} />}
        </div>
        <div role="cell" class="rights-cell" data-label={t('makerRights.menu')}>
          <MenuControl model={model} />
        </div>
        {BASIC_VERBS.map((verb) => (
          <div key={verb} role="cell" class="rights-cell" data-label={t(`console.verb.${verb}`)}>
            <Verb model={model} verb={model.verbs.find((each) => each.verb === verb)} />
          </div>
        ))}
        <div role="cell" class="rights-cell end">{editing && <Actions model={model} />}</div>
      </div>
      {special.length > 0 && (
        <div class="rights-more" role="row">
          <div role="cell" class="rights-extras">
            {special.map((verb) => (
              <span key={verb.verb} class="special" {...(OPAQUE.has(verb.verb) ? { 'data-tip': t('makerRights.opaque') } : {})}>
                <span class="special-name">{t(`console.verb.${verb.verb}`)}</span>
                <Verb model={model} verb={verb} />
              </span>
            ))}
          </div>
        </div>
      )}
      <Notes model={model} />
    </div>
  );
}

function State({ model }: { model: ModuleModel }) {
  const { full, nothing } = model.state.value;
  const changes = model.changes.value;
  return (
    <>
      {t(`makerRights.state.${full ? 'full' : nothing ? 'nothing' : 'part'}`)}
      {changes > 0 && <span class="was"> · {tn('makerSettings.changes', changes)}</span>}
    </>
  );
}

function Verb({ model, verb }: { model: ModuleModel; verb: VerbModel | undefined }) {
  if (!verb) {
    return (
      <span class="no-cell" aria-hidden="true">
        {t('makerSettings.notHere')}
      </span>
    );
  }
  return <PermissionControl verb={verb} label={t('makerRights.cell', t(model.module.label), t(`console.verb.${verb.verb}`))} />;
}

/** What the linter and the hub say of any of its fields. */
function Notes({ model }: { model: ModuleModel }) {
  const fields = [model.menu, ...model.verbs.map(({ field }) => field), ...(model.elements ? [model.elements] : [])];
  const said = fields.filter(({ findings, refused }) => findings.value.length > 0 || refused.value !== null);
  if (said.length === 0) return null;
  return (
    <div class="rights-notes" role="row">
      <div role="cell">
        {said.map((field) => (
          <FieldNotes key={field.field.id} model={field} />
        ))}
      </div>
    </div>
  );
}

function Actions({ model }: { model: ModuleModel }) {
  const name = t(model.module.label);
  const { full, inherited } = model.state.value;
  const fields = [model.menu, ...model.verbs.map(({ field }) => field), ...(model.elements ? [model.elements] : [])];
  const items: MenuItem[] = [
    {
      label: t('makerRights.full'),
      icon: 'shield-check',
      disabledReason: full ? t('makerRights.isFull') : model.beyondFull.value.length > 0 ? t('makerRights.fullBeyond') : null,
      onSelect: () => model.enableInFull(),
    },
    { label: t('makerRights.inherit'), icon: 'rotate-ccw', disabledReason: inherited ? t('makerRights.isInherited') : null, onSelect: () => model.inherit() },
    ...(model.changes.value > 0
      ? [{ label: t('makerSettings.undoSection', name), icon: 'undo-2', onSelect: () => fields.forEach((field) => field.undo()) } as const]
      : []),
  ];
  return <MenuButton label={t('makerRights.actions', name)} icon="ellipsis-vertical" items={items} />;
}
