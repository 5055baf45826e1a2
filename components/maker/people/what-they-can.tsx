/** What the person has in the banner with the profile at login and the extras as they stand in the form. */
import { useMemo } from 'preact/hooks';
import { controlById } from '../../../lib/catalogue/index.ts';
import { explain } from '../../../lib/decide/index.ts';
import { whatTheyCan } from '../../../lib/models/maker/people-extras.ts';
import { Badge } from '../../ui/badge.tsx';
import { t, tn } from '../../ui/text.ts';
import { PanelSection } from '../resources/record/record-panel.tsx';
import { text } from '../reasons.ts';
import { usePersonInForm, useProfileAtLogin } from './person-effect.ts';
import type { PersonForm } from './person-panel.tsx';

const labelOf = (control: string) => t(controlById.get(control)?.label ?? control);

export function WhatTheyCan({ form }: { form: PersonForm }) {
  const content = form.value.value;
  const person = usePersonInForm(content);
  const profile = useProfileAtLogin(content);
  const can = useMemo(() => (profile === undefined ? null : whatTheyCan(person, profile)), [profile, content]);
  if (!can) return null;
  const name = typeof profile === 'object' ? profile.name : null;
  return (
    <PanelSection title={t('makerPeople.can.title')} note={name === null ? t('makerPeople.can.without') : t('makerPeople.can.with', name)}>
      <details class="can">
        <summary>
          {tn('makerPeople.can.shown', can.shown.length)} <span class="secondary">· {tn('makerPeople.can.hidden', can.hidden.length)}</span>
        </summary>
        <ul class="chips">
          {can.shown.map((control) => (
            <li key={control}>
              <Badge>{labelOf(control)}</Badge>
            </li>
          ))}
        </ul>
        <ul class="lines">
          {can.hidden.map(({ control, reason }) => (
            <li key={control} class="line-item" data-control={control}>
              <span class="grow">
                {labelOf(control)}
                <small>{explain(reason, name, text)}</small>
              </span>
            </li>
          ))}
        </ul>
      </details>
    </PanelSection>
  );
}
