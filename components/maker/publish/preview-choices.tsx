/** In whose hands the profile is tried, and what is going on meanwhile. */
import { useSignal } from '@preact/signals';
import { CHANNELS, choiceLabel, LICENCES, PERSON_TYPES } from '../../../lib/catalogue/index.ts';
import type { Preview } from '../../../lib/models/maker/preview.ts';
import { PREVIEW_PHASES } from '../../../lib/models/maker/preview-snapshot.ts';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { Picker } from '../../ui/picker.tsx';
import { problemText } from '../../ui/problem.ts';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { useWhyNot } from '../reasons.ts';

interface SegmentsProps<V extends string> {
  readonly label: string;
  readonly name: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChoose: (value: V) => unknown;
}

/** A few that exclude each other, side by side: native radio buttons. */
export function Segments<V extends string>({ label, name, value, options, onChoose }: SegmentsProps<V>) {
  return (
    <fieldset class="preview-segments">
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value} data-value={option.value}>
            <input type="radio" class="sr" name={name} value={option.value} checked={option.value === value} onChange={() => onChoose(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function PreviewPersonChooser({ preview }: { preview: Preview }) {
  const { rights, hub, toasts } = useMaker();
  const whyNot = useWhyNot();
  const picking = useSignal(false);
  const busy = useSignal(false);
  const name = useSignal<string | null>(null);
  const person = preview.person.value;
  const choose = async (id: string, chosen: string) => {
    picking.value = false;
    busy.value = true;
    const answer = await hub.ask('readPerson', { params: { id } });
    busy.value = false;
    if (!answer.ok) return toasts.say({ text: problemText(answer.problem), tone: 'bad' });
    const { licence, type, allow, deny } = answer.value.value;
    name.value = chosen;
    preview.setPerson({ id, licence, type, allow, deny });
  };
  const forget = () => {
    name.value = null;
    preview.setPerson({ ...preview.person.peek(), id: null, allow: [], deny: [] });
  };
  return (
    <div class="preview-person" role="group" aria-label={t('makerPreview.inHands')}>
      {name.value === null ? (
        <>
          <Select
            label={t('makerPreview.licence')}
            value={person.licence}
            options={LICENCES.map((value) => ({ value, label: t(choiceLabel(value)) }))}
            onChange={(licence) => preview.setPerson({ ...person, licence })}
          />
          <Select
            label={t('makerPreview.type')}
            value={person.type}
            options={PERSON_TYPES.map((value) => ({ value, label: t(choiceLabel(value)) }))}
            onChange={(type) => preview.setPerson({ ...person, type })}
          />
        </>
      ) : (
        <div class="preview-chosen">
          <Chip label={name.value} onRemove={forget} />
          <small>
            {[t(choiceLabel(person.licence)), t(choiceLabel(person.type)), person.allow.length + person.deny.length > 0 && tn('makerPreview.extras', person.allow.length + person.deny.length)]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </div>
      )}
      <Button icon="search" busy={busy.value} disabledReason={whyNot(rights.value.may('people.read'))} onPress={() => (picking.value = true)} data-action="choose-person">
        {t('makerPreview.choosePerson')}
      </Button>
      {picking.value && <PersonPicker onPick={choose} onClose={() => (picking.value = false)} />}
    </div>
  );
}

function PersonPicker({ onPick, onClose }: { onPick: (id: string, name: string) => unknown; onClose: () => unknown }) {
  const { queries } = useMaker();
  const read = queries.read('listPeople');
  const people = read.data.value?.people ?? [];
  const options = people.map(({ id, name, email, licence, type }) => ({ id, name, detail: [t(choiceLabel(licence)), t(choiceLabel(type)), email].join(' · ') }));
  return (
    <Picker
      title={t('makerPreview.choosePerson')}
      options={options}
      read={read}
      action={t('makerPreview.usePerson')}
      onPick={([id]) => id !== undefined && onPick(id, people.find((each) => each.id === id)!.name)}
      onClose={onClose}
    />
  );
}

export function PreviewSituationChooser({ preview }: { preview: Preview }) {
  const { phase, channel } = preview.situation.value;
  const inInteraction = phase !== 'idle' && phase !== 'offline';
  return (
    <div class="preview-situation">
      <Segments
        label={t('makerPreview.situation')}
        name="preview-phase"
        value={phase}
        options={PREVIEW_PHASES.map((value) => ({ value, label: t(`makerPreview.phase.${value}`) }))}
        onChoose={preview.setPhase}
      />
      {inInteraction && (
        <Segments
          label={t('makerPreview.channel')}
          name="preview-channel"
          value={channel}
          options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChoose={preview.setChannel}
        />
      )}
    </div>
  );
}
