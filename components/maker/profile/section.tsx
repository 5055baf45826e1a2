/** One section of the settings as a card. */
import type { Section } from '../../../lib/catalogue/index.ts';
import type { Settings } from '../../../lib/models/maker/settings.ts';
import { IconButton } from '../../ui/button.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { ColumnSection } from './column-section.tsx';
import { FieldRow } from './field-row.tsx';
import { focusSoon } from './focus.ts';
import { Highlighted } from './highlighted.tsx';
import { useFieldPage } from './settings-context.ts';

export const sectionAnchor = (id: string): string => `section-${id}`;

export function SectionCard({ section, model }: { section: Section; model: Settings }) {
  return (
    <div class="section-card" role="group" id={sectionAnchor(section.id)} data-section={section.id} aria-labelledby={`${sectionAnchor(section.id)}-title`}>
      <div class="section-head">
        <h2 id={`${sectionAnchor(section.id)}-title`} tabIndex={-1}>
          <Highlighted text={t(section.label)} />
        </h2>
        <UndoSection section={section} model={model} />
      </div>
      {section.columns ? (
        <ColumnSection section={section} model={model} />
      ) : (
        <div class="fields">
          {section.fields.map((field) => (
            <FoundField key={field.id} id={field.id} model={model} />
          ))}
        </div>
      )}
    </div>
  );
}

function FoundField({ id, model }: { id: string; model: Settings }) {
  return model.found.value === null || model.found.value.has(id) ? <FieldRow model={model.fieldOf(id)} /> : null;
}

/** Beside the title, once there is more than one thing to undo in it. */
function UndoSection({ section, model }: { section: Section; model: Settings }) {
  const { toasts } = useMaker();
  const { editor } = useFieldPage();
  const { changes } = model.markOf(section.id);
  if (changes < 2 || !editor.editing.value) return null;
  const undo = () => {
    const putBack = model.undo(section.id);
    focusSoon(`#${sectionAnchor(section.id)} h2`);
    toasts.say({ text: tn('makerSettings.undone', changes), action: { label: t('makerSettings.putBack'), run: putBack } });
  };
  return <IconButton icon="undo-2" label={t('makerSettings.undoSection', t(section.label))} onPress={undo} />;
}
