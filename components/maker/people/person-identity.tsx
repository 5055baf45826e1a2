/** Who a person is, what type they are of, and which licence they have. */
import { LICENCES, PERSON_TYPES, type PersonType } from '../../../lib/catalogue/index.ts';
import { LICENCE } from '../../../lib/decide/grants.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import { Note } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { PanelSection } from '../resources/record/record-panel.tsx';
import { errorText } from '../resources/record/error-text.ts';
import type { PersonForm } from './person-panel.tsx';

export function PersonIdentity({ form, reason }: { form: PersonForm; reason: string | null }) {
  const { state, rights } = useMaker();
  const { name, email, licence, type } = form.value.value;
  const errors = form.errors.value;
  const own = state.value?.snapshot?.person.type ?? 'agent';
  const held = form.held.value?.value.type ?? 'agent';
  // Nobody makes anybody more than they are themselves.
  const types = PERSON_TYPES.filter((each) => each === held || PERSON_TYPES.indexOf(each) <= PERSON_TYPES.indexOf(own));
  const heldLicence = form.held.value?.value.licence;
  const licences = LICENCES.map((value) => {
    const isMore = heldLicence === undefined || LICENCES.indexOf(value) > LICENCES.indexOf(heldLicence);
    return { value, label: t(`makerPeople.licence.${value}`), disabledReason: isMore && !rights.value.mayGrant(LICENCE, value) ? t('makerPeople.licence.notYours') : null };
  });
  // Nothing else than what it is.
  const licenceReason = licences.filter(({ value }) => value !== licence).every(({ disabledReason }) => disabledReason) ? t('makerPeople.licence.notYours') : null;
  return (
    <PanelSection title={t('makerPeople.identity')}>
      <div class="pair">
        <TextField
          label={t('makerPeople.field.name')}
          value={name}
          maxLength={120}
          error={errorText(errors['name'])}
          disabledReason={reason}
          onInput={(value) => form.set('name', value)}
          onCommit={() => form.leave('name')}
        />
        <TextField
          label={t('makerPeople.field.email')}
          type="email"
          value={email}
          maxLength={254}
          error={errorText(errors['email'])}
          disabledReason={reason}
          onInput={(value) => form.set('email', value)}
          onCommit={() => form.leave('email')}
        />
        <Select
          label={t('makerPeople.field.type')}
          value={type}
          options={types.map((value) => ({ value, label: t(`choice.${value}`) }))}
          disabledReason={reason}
          onChange={(value: PersonType) => form.set('type', value)}
        />
        <Select
          label={t('makerPeople.field.licence')}
          value={licence}
          options={licences}
          disabledReason={reason ?? licenceReason}
          onChange={(value) => form.set('licence', value)}
        />
      </div>
      {own !== 'administrator' && <p class="secondary">{t(`makerPeople.type.by.${own}`)}</p>}
      {type === 'administrator' && <Note>{t('makerPeople.type.administrator')}</Note>}
      {licence === 'essentials' && <p class="secondary">{t('makerPeople.licence.note')}</p>}
    </PanelSection>
  );
}
