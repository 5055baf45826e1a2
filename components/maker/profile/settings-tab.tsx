/** The 20 sections of a profile, read or edited, with a table of contents that follows. */
import { type Signal, useComputed } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { type Section, sections } from '../../../lib/catalogue/index.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { createSettings, type Settings } from '../../../lib/models/maker/settings.ts';
import { settingField } from '../../../lib/profile/value.ts';
import { Button } from '../../ui/button.tsx';
import { SearchBox } from '../../ui/search.tsx';
import { Empty } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { effectOf } from '../publish/effect.ts';
import { Contents, JumpTo, useContents } from './contents.tsx';
import { DoneButton } from './done-button.tsx';
import { SectionCard } from './section.tsx';
import { FieldPageContext } from './settings-context.ts';
import { UndoAll } from './undo-all.tsx';
import { helpOf } from './words.ts';

const all = sections as readonly Section[];

export function SettingsTab({ editor, section }: { editor: Editor; section: string | null }) {
  const { rights, queries } = useMaker();
  const effect = effectOf(editor, queries);
  const findings = useComputed(() => effect.findings.value ?? []);
  const model = useMemo(
    () => createSettings({ editor, rights, findings, text: (key) => t(key), help: (id) => helpOf(settingField(id)!) }),
    [editor],
  );
  const page = useMemo(() => ({ editor, resources: effect.read.resources, query: model.query }), [editor]);
  const sheet = useRef<HTMLDivElement>(null);
  const active = useContents(section, sheet);
  return (
    <FieldPageContext value={page}>
      <div class="settings-tab">
        <div class="settings-main" ref={sheet}>
          <Toolbar editor={editor} model={model} active={active} />
          <div class="sections">
            {all.map((each) => (
              <ShownSection key={each.id} section={each} model={model} />
            ))}
            <NothingFound model={model} />
          </div>
        </div>
        <Contents model={model} profileId={editor.profileId} active={active} />
      </div>
    </FieldPageContext>
  );
}

function ShownSection({ section, model }: { section: Section; model: Settings }) {
  return model.isShown(section.id) ? <SectionCard section={section} model={model} /> : null;
}

function NothingFound({ model }: { model: Settings }) {
  if (model.found.value === null || model.found.value.size > 0) return null;
  return (
    <Empty
      icon="search"
      title={t('makerSettings.none', model.query.value)}
      text={t('makerSettings.noneText')}
      action={<Button onPress={() => (model.query.value = '')}>{t('makerSettings.clear')}</Button>}
    />
  );
}

function Toolbar({ editor, model, active }: { editor: Editor; model: Settings; active: Signal<string> }) {
  return (
    <div class="profile-toolbar">
      <SearchBox
        label={t('makerSettings.search')}
        value={model.query.value}
        onInput={(query) => (model.query.value = query)}
        found={model.found.value?.size}
      />
      <JumpTo model={model} active={active} />
      <UndoAll editor={editor} changed={model.changed.value.length} undo={() => model.undo()} />
      <DoneButton editor={editor} />
    </div>
  );
}
