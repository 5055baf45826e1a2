/** The Maker's own rights: the permission type, and what each module says beyond it. */
import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { BASIC_VERBS, PERMISSION_TYPES } from '../../../lib/catalogue/console.ts';
import { choiceLabel } from '../../../lib/catalogue/index.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { createRights, type ModuleModel, type Rights } from '../../../lib/models/maker/rights.ts';
import { finder } from '../../../lib/search.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SearchBox } from '../../ui/search.tsx';
import { Empty } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { effectOf } from '../publish/effect.ts';
import { DoneButton } from './done-button.tsx';
import { FieldNotes } from './field-notes.tsx';
import { FieldRow } from './field-row.tsx';
import { undoAndStay } from './focus.ts';
import { RightsModule } from './rights-module.tsx';
import { FieldPageContext, useFieldPage } from './settings-context.ts';
import { UndoAll } from './undo-all.tsx';

export function RightsTab({ editor, module }: { editor: Editor; module: string | null }) {
  const { rights, queries } = useMaker();
  const effect = effectOf(editor, queries);
  const findings = useComputed(() => effect.findings.value ?? []);
  const query = useSignal('');
  const model = useMemo(() => createRights({ editor, rights, findings }), [editor]);
  const page = useMemo(() => ({ editor, resources: effect.read.resources, query }), [editor]);
  useEffect(() => {
    if (module !== null) document.querySelector(`[data-module="${CSS.escape(module)}"]`)?.scrollIntoView({ block: 'center' });
  }, [module]);
  return (
    <FieldPageContext value={page}>
      <div class="rights-tab">
        <Toolbar editor={editor} model={model} query={query.value} onQuery={(next) => (query.value = next)} />
        <TypeCards model={model} />
        <MaskCard model={model} />
        <Modules model={model} query={query} />
      </div>
    </FieldPageContext>
  );
}

function Toolbar({ editor, model, query, onQuery }: { editor: Editor; model: Rights; query: string; onQuery: (query: string) => void }) {
  return (
    <div class="profile-toolbar">
      <SearchBox label={t('makerRights.search')} value={query} onInput={onQuery} />
      <UndoAll editor={editor} changed={model.changed.value.length} undo={() => model.undo()} />
      <DoneButton editor={editor} />
    </div>
  );
}

function TypeCards({ model }: { model: Rights }) {
  const { editor } = useFieldPage();
  const { type } = model;
  const editing = editor.editing.value;
  const value = type.value.value as string;
  const shown = editing ? PERMISSION_TYPES : PERMISSION_TYPES.filter((each) => each === value);
  return (
    <section class="section-card" data-field={type.field.id} data-changed={type.changed.value}>
      <div class="section-head">
        <div>
          <h2 id="rights-type">{t('makerRights.type')}</h2>
          <p class="secondary">
            {t('makerRights.lead')} {t('makerRights.typeLead')}
          </p>
        </div>
        {type.changed.value && (
          <span class="was">
            {t('makerSettings.was', t(choiceLabel(String(type.was.value))))}
            {editing && (
              <IconButton icon="undo-2" label={t('makerSettings.undoNamed', t('makerRights.type'), t(choiceLabel(String(type.was.value))))} onPress={() => undoAndStay(type)} />
            )}
          </span>
        )}
      </div>
      <div class="type-cards" role={editing ? 'radiogroup' : undefined} aria-labelledby={editing ? 'rights-type' : undefined}>
        {shown.map((each) => (
          <TypeCard key={each} type={each} model={model} editing={editing} />
        ))}
      </div>
      <FieldNotes model={type} />
    </section>
  );
}

/** What of customers' data whoever works with the profile does not see. */
function MaskCard({ model }: { model: Rights }) {
  return (
    <section class="section-card">
      <div class="section-head">
        <div>
          <h2>{t('makerRights.masks')}</h2>
          <p class="secondary">{t('makerRights.masksLead')}</p>
        </div>
      </div>
      {model.masks.map((field) => (
        <FieldRow key={field.field.id} model={field} />
      ))}
    </section>
  );
}

function TypeCard({ type, model, editing }: { type: (typeof PERMISSION_TYPES)[number]; model: Rights; editing: boolean }) {
  const reason = model.mayChooseType(type) ? null : t('makerRights.grantType');
  const text = (
    <span>
      <span class="name">{t(choiceLabel(type))}</span>
      <small>{reason ?? t(`makerRights.typeDetail.${type}`)}</small>
    </span>
  );
  if (!editing) return <div class="type-card">{text}</div>;
  return (
    <label class="type-card" data-tip={reason ?? undefined}>
      <input
        type="radio"
        name="permission-type"
        value={type}
        checked={model.type.value.value === type}
        aria-disabled={reason !== null || undefined}
        onClick={(event) => reason !== null && event.preventDefault()}
        onChange={() => reason === null && model.type.set(type)}
      />
      {text}
    </label>
  );
}

function Modules({ model, query }: { model: Rights; query: ReadonlySignal<string> }) {
  const shown = useComputed(() => {
    const finds = finder(query.value);
    return model.modules.filter(({ module }) => finds(t(module.label)));
  }).value;
  if (shown.length === 0) return <Empty icon="search" title={t('makerRights.none', query.value)} text="" />;
  return (
    <section class="section-card rights-card" aria-label={t('makerRights.modules')}>
      <div class="rights-grid" role="table" aria-label={t('makerRights.modules')}>
        <Head />
        {shown.map((each: ModuleModel) => (
          <RightsModule key={each.module.id} model={each} />
        ))}
      </div>
      <Legend />
    </section>
  );
}

function Head() {
  return (
    <div class="rights-row head" role="row">
      <span role="columnheader">{t('makerRights.module')}</span>
      <span role="columnheader">{t('makerRights.menu')}</span>
      {BASIC_VERBS.map((verb) => (
        <span key={verb} role="columnheader">
          {t(`console.verb.${verb}`)}
        </span>
      ))}
      <span role="columnheader">
        <span class="sr">{t('makerRights.modules')}</span>
      </span>
    </div>
  );
}

function Legend() {
  return (
    <p class="rights-legend secondary">
      <span>
        <Icon name="check" size={14} class="yes" /> {t('makerRights.allowed')}
      </span>
      <span>
        <Icon name="x" size={14} class="no" /> {t('makerRights.denied')}
      </span>
      <span>
        <span class="state-mark inherited">
          <Icon name="check" size={12} />
        </span>
        <span class="state-mark inherited">
          <Icon name="x" size={12} />
        </span>{' '}
        {t('choice.inherit')}
      </span>
    </p>
  );
}
