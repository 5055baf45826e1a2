/** The custom buttons of a case or a customer's card: drawn with the row that is opened, by its conditions. */
import { useSignal } from '@preact/signals';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { controlById, type ResourceSummary } from '../../../lib/catalogue/index.ts';
import type { Reason } from '../../../lib/decide/index.ts';
import { addressOf, BUTTON_MODULES, isForHub, type RowFamily, showsButton, valuesOfRow } from '../../../lib/interaction/custom-button.ts';
import { runOf } from '../../../lib/models/interaction/runs.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { iconOf } from '../bar-button.tsx';
import { useParts } from '../context.ts';
import { runFailed } from '../interaction/words.ts';
import { reasonText } from '../words.ts';
import { usePanel } from './context.ts';

const FAMILIES = Object.entries(BUTTON_MODULES) as [RowFamily, string][];
const LOST: Reason = { code: 'connection.lost', layer: 'connection', setting: null, askable: false };

export function CustomDeeds({ row }: { row: ModuleRow }) {
  const { banner } = useParts();
  const { model, panel } = usePanel();
  const family = FAMILIES.find(([, module]) => module === panel.module)?.[0];
  const { decisions, resources, snapshot, active } = banner.view.value;
  // What a condition reads may stand in the details alone.
  if (!family || !snapshot || !model.detailed.value || !decisions.of(family).shown) return null;
  const values = valuesOfRow(family, row, snapshot.person, active);
  const buttons = decisions.rows(family).flatMap((id) => resources[id] ?? []).filter((resource) => showsButton(resource, values));
  if (buttons.length === 0) return null;
  return (
    <div class="deeds" role="group" aria-label={t('tab.customButtons')}>
      {buttons.map((resource) => (
        <CustomDeed key={resource.id} family={family} resource={resource} row={row} address={addressOf(resource, values)} />
      ))}
    </div>
  );
}

interface Props {
  readonly family: RowFamily;
  readonly resource: ResourceSummary;
  readonly row: ModuleRow;
  /** The page that it opens; null where it is for the hub. */
  readonly address: string | null;
}

function CustomDeed({ family, resource, row, address }: Props) {
  const { banner } = useParts();
  const asking = useSignal(false);
  const { decisions, resources, situation, snapshot, active } = banner.view.value;
  const id = `${family}.${resource.id}`;
  const decision = decisions.of(family);
  const linked = situation.connection === 'live' || situation.connection === 'reconnecting';
  const lock = decision.reason ?? (isForHub(resources[resource.id]!) && !linked ? LOST : null);
  const run = runOf(snapshot?.situation.runs, id, row.id);
  const waits = asking.value || run?.state === 'pending';
  const failed = run?.state === 'failed' && !waits;
  const why = lock ? reasonText(lock, active?.name ?? '') : failed ? runFailed(run) : '';
  const described = `why-${id}`;
  const press = async () => {
    if (lock || waits) return;
    if (address) return banner.openPage(address);
    asking.value = true;
    const answer = await banner.call('command', id as never, { id: row.id });
    asking.value = false;
    if (!answer.ok) banner.notices.say({ kind: 'problem', problem: answer.problem });
  };
  const colour = resource.attributes['colour'];
  const own = typeof colour === 'string' && /^#[\da-f]{6}$/i.test(colour) ? { color: `light-dark(${colour}, color-mix(in oklab, ${colour}, white 45%))` } : undefined;
  return (
    <>
      <button
        type="button"
        class="button deed"
        data-control={id}
        data-state={waits ? 'pending' : lock ? 'locked' : 'ready'}
        aria-disabled={lock !== null}
        aria-busy={waits || undefined}
        aria-describedby={why ? described : undefined}
        onClick={trusted(press)}
      >
        <span class="slot-icon" style={waits ? undefined : own}>
          <Icon name={waits ? 'loader-circle' : iconOf({ control: controlById.get(family)!, resource })} size={16} class={waits ? 'spin' : ''} />
        </span>
        <span class="label">{resource.name}</span>
        {failed && <Icon name="triangle-alert" size={12} class="badge" />}
      </button>
      {why && (
        <p class="why-locked" id={described}>
          {why}
        </p>
      )}
    </>
  );
}
