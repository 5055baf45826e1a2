/** What is being done for people, and for whom it could not be done and why. */
import type { Assignees } from '../../../lib/models/maker/configuration-people.ts';
import { Button } from '../../ui/button.tsx';
import { problemText } from '../../ui/problem.ts';
import { Note } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';

export function PeopleWork({ model }: { model: Assignees }) {
  const work = model.work.value;
  const one = model.problem.value;
  if (one) {
    return (
      <Note tone="bad">
        <p role="alert">{t('makerConfiguration.people.failedOne', one.name, problemText(one.problem))}</p>
        <Button tone="plain" onPress={model.dismiss}>
          {t('ui.dismiss')}
        </Button>
      </Note>
    );
  }
  if (!work) return null;
  if (work.done < work.total) {
    return (
      <div class="people-work">
        <label>
          <span role="status">{t(`makerConfiguration.people.working.${work.what}`, work.done, work.total)}</span>
          <progress max={work.total} value={work.done} />
        </label>
      </div>
    );
  }
  if (work.failed.length === 0) return null;
  return (
    <Note tone="bad">
      <p role="alert">{tn('makerConfiguration.people.failed', work.failed.length)}</p>
      <ul class="failures">
        {work.failed.map(({ personId, name, problem }) => (
          <li key={personId}>{t('makerConfiguration.people.failedOne', name, problemText(problem))}</li>
        ))}
      </ul>
      <Button tone="plain" onPress={model.dismiss}>
        {t('ui.dismiss')}
      </Button>
    </Note>
  );
}
