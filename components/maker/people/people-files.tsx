/** People from a file, and to one. */
import { useSignal } from '@preact/signals';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';
import { exportPeople, ImportPeopleDialog } from '../configuration/people-transfer.tsx';
import { useMaker } from '../context.ts';
import { useWhyNot } from '../reasons.ts';

export function PeopleFiles() {
  const maker = useMaker();
  const whyNot = useWhyNot();
  const importing = useSignal(false);
  const busy = useSignal(false);
  const save = async () => {
    busy.value = true;
    await exportPeople(maker);
    busy.value = false;
  };
  return (
    <>
      <Button icon="file-up" disabledReason={whyNot(maker.rights.value.may('people.import'))} onPress={() => (importing.value = true)}>
        {t('makerPeople.files.import')}
      </Button>
      <Button icon="file-down" busy={busy.value} disabledReason={whyNot(maker.rights.value.may('people.export'))} onPress={save}>
        {t('makerPeople.files.export')}
      </Button>
      {importing.value && <ImportPeopleDialog onClose={() => (importing.value = false)} />}
    </>
  );
}
