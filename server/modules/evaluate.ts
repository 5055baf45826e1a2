import { evaluations } from '../../lib/modules/quality.ts';
import { keepNew } from './create.ts';
import { type Act, holdRows, invalid, readForm, refusePerson } from './doing.ts';

/** Evaluates an interaction by what it left behind: the evaluation is of whoever had it, and says which it was. */
export const evaluateRow: Act = async (doing) => {
  for (const { id, ownerId, values } of await holdRows(doing)) {
    if (ownerId === null) throw invalid([{ path: ['owner'], message: 'nobody had it' }]);
    await refusePerson(doing, 'owner', ownerId);
    const { resourceId, ...given } = readForm({ ...doing, panel: evaluations });
    const of = { customer: values['customer'] ?? null, channel: values['channel'] ?? 'voice', heldAt: values['at'] ?? null, recordId: id };
    await keepNew({ ...doing, panel: evaluations }, { ownerId, resourceId: resourceId as string, given: { ...given, ...of } });
  }
};
