/** Preview as profile: the banner as a person of this licence and type would have it, in a situation one chooses. */
import { useComputed, useModel, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ProfileView } from '../../../lib/api/snapshot.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { type Preview, PreviewModel } from '../../../lib/models/maker/preview.ts';
import { findControl } from '../../../lib/decide/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { effectOf } from './effect.ts';
import { PreviewFrame } from './preview-frame.tsx';
import { PreviewMissing } from './preview-missing.tsx';
import { PreviewPersonChooser, PreviewSituationChooser, Segments } from './preview-choices.tsx';
import { controlName } from './words.ts';

const WIDTHS = ['320', '768', 'full'] as const;
type Width = (typeof WIDTHS)[number];

export function PreviewDialog({ editor, onClose }: { editor: Editor; onClose: () => unknown }) {
  const { clock, queries, state } = useMaker();
  const { read } = effectOf(editor, queries);
  const profile = useComputed((): ProfileView | null => {
    const summary = editor.summary.value;
    if (!summary || !read.ready.value) return null;
    const document = editor.document.value;
    const name = String(document.settings['general.name'] ?? '') || summary.name;
    return { id: editor.profileId, name, version: (summary.version ?? 0) + 1, publishedAt: 0, document, resources: { ...read.resources.value } };
  });
  const names = useMemo(() => ({ person: t('makerPreview.person'), customer: { name: t('makerPreview.customer'), subject: t('makerPreview.subject') }, account: t('makerPreview.account') }), []);
  const preview = useModel(() => new PreviewModel({ clock, profile, names, options: state.peek()?.snapshot?.person.account.options ?? [] }));
  const width = useSignal<Width>('full');
  const appearance = useSignal<'light' | 'dark'>(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  return (
    <Dialog title={t('makerPreview.title', profile.value?.name ?? '')} size="large" onClose={onClose}>
      <div class="profile-preview">
        <div class="preview-choices">
          <PreviewPersonChooser preview={preview} />
          <PreviewSituationChooser preview={preview} />
        </div>
        <div class="preview-main">
          <div class="preview-shown">
            <div class="preview-looks">
              <Segments
                label={t('makerPreview.width')}
                name="preview-width"
                value={width.value}
                options={WIDTHS.map((value) => ({ value, label: t(`makerPreview.widths.${value}`) }))}
                onChoose={(value) => (width.value = value)}
              />
              <Segments
                label={t('makerPreview.appearance')}
                name="preview-appearance"
                value={appearance.value}
                options={(['light', 'dark'] as const).map((value) => ({ value, label: t(`makerPreview.appearances.${value}`) }))}
                onChoose={(value) => (appearance.value = value)}
              />
            </div>
            {profile.value ? (
              <PreviewFrame preview={preview} clock={clock} appearance={appearance} width={width.value === 'full' ? null : Number(width.value)} />
            ) : (
              <Loading label={t('makerPreview.loading')} />
            )}
            <p class="pressed" role="status">
              {preview.pressed.value && (
                <>
                  <Icon name="info" size={15} />
                  {t('makerPreview.pressed', whatText(preview.pressed.value, read.nameOf))}
                </>
              )}
            </p>
            <Nothing preview={preview} />
          </div>
          <PreviewMissing preview={preview} />
        </div>
      </div>
    </Dialog>
  );
}

/** What to choose to see more, or why so much is locked. */
function Nothing({ preview }: { preview: Preview }) {
  const { phase } = preview.situation.value;
  return phase === 'idle' || phase === 'offline' ? <p class="secondary">{t(`makerPreview.none.${phase}`)}</p> : null;
}

/** What was pressed, by its name: a control, the options, an address. */
function whatText(what: string, nameOf: (id: string) => string | null): string {
  if (what === 'options' || what === 'collapse') return t(`makerPreview.press.${what}`);
  return findControl(what) ? controlName(what, nameOf) : what;
}
