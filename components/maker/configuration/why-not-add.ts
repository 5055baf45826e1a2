import { moduleOfKind } from '../../../lib/catalogue/console.ts';
import type { Tab } from '../../../lib/catalogue/index.ts';
import type { Configuration } from '../../../lib/models/maker/configuration.ts';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';

/** Why nothing can be added to a tab: one may not see what there is, or it could not be read. */
export function useWhyNotAdd(tab: Tab, model: Configuration): string | null {
  const { rights } = useMaker();
  const module = moduleOfKind.get(tab.resource)!;
  if (!rights.value.may(`${module.id}.read`).allowed) return t('makerConfiguration.add.hidden', t(module.label));
  return model.listed.value === null && model.listProblem.value ? t('makerConfiguration.add.failed') : null;
}
