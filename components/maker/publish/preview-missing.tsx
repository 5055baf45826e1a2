/** “Why is something missing?”, of the preview: every control that is not there, with its reason. */
import { useSignal } from '@preact/signals';
import type { Preview } from '../../../lib/models/maker/preview.ts';
import { type Missing, matchesSearch } from '../../../lib/models/missing.ts';
import { reasonText } from '../../banner/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed } from '../../ui/icons.ts';
import { SearchBox } from '../../ui/search.tsx';
import { t } from '../../ui/text.ts';

const nameOf = ({ control }: Missing): string => (control.module ? t('why.inModule', t(`control.${control.module}`), t(control.label)) : t(control.label));

export function PreviewMissing({ preview }: { preview: Preview }) {
  const search = useSignal('');
  const profile = preview.view.value.active?.name ?? '';
  const groups = preview.missing.value
    .map(({ layer, controls }) => ({ layer, controls: controls.filter((each) => matchesSearch(`${nameOf(each)} ${reasonText(each.reason, profile)}`, search.value)) }))
    .filter(({ controls }) => controls.length > 0);
  const found = groups.reduce((sum, { controls }) => sum + controls.length, 0);
  return (
    <section class="preview-missing" aria-label={t('why.title')}>
      <h3>{t('why.title')}</h3>
      {preview.missing.value.length === 0 ? (
        <p class="secondary">{t('makerPreview.nothingMissing')}</p>
      ) : (
        <SearchBox label={t('why.search')} value={search.value} onInput={(value) => (search.value = value)} found={found} />
      )}
      <div class="preview-reasons">
        {groups.map(({ layer, controls }) => (
          <div key={layer}>
            <p class="group-name" aria-hidden="true">
              {t(`makerPreview.layer.${layer}`)}
            </p>
            <ul aria-label={t(`makerPreview.layer.${layer}`)}>
              {controls.map((each) => (
                <li key={each.control.id} data-missing={each.control.id} data-reason={each.reason.code}>
                  <Icon name={iconNamed(each.control.icon)} size={15} />
                  <span>
                    {nameOf(each)}
                    <small>{reasonText(each.reason, profile)}</small>
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
