/** How far a version has come: a bar and its counts. */
import { type Counts, hasArrived, sharesOf, totalOf } from '../../../lib/models/maker/publish-receipts.ts';
import { formatNumber } from '../../ui/format.ts';
import { t, tn } from '../../ui/text.ts';

interface Props {
  /** Null while they are not known. */
  readonly counts: Counts | null;
  /** What the bar is of, for who does not see it. */
  readonly label: string;
  /** How many hold the profile, where that is known. */
  readonly people?: number | undefined;
}

export function ArrivalBar({ counts, label, people: holders = 0 }: Props) {
  if (!counts) return <div class="arrival-bar" />;
  const shares = sharesOf(counts);
  const said = shares.map(({ state, people }) => t(`makerPublish.count.${state}`, formatNumber(people)));
  const total = totalOf(counts);
  return (
    <div class="arrival" data-arrived={hasArrived(counts)}>
      <div class="arrival-bar" role="img" aria-label={[label, ...said].join(', ')}>
        {shares.map(({ state, share }) => (
          <span key={state} class={`receipt-share ${state}`} style={{ inlineSize: `${share * 100}%` }} />
        ))}
      </div>
      <p class="counts">
        {total === 0 ? (
          t(holders > 0 ? 'makerPublish.noReceipts' : 'makerPublish.nobody')
        ) : (
          shares.map(({ state, people }) => (
            <span key={state} class="count-of" data-receipt={state} data-people={people}>
              <span class={`receipt-key ${state}`} aria-hidden="true" />
              {t(`makerPublish.count.${state}`, formatNumber(people))}
            </span>
          ))
        )}
      </p>
    </div>
  );
}

/** “All 42 have it”, or how many of them do. @param holders how many hold the profile, where that is known */
export function arrivalText(counts: Counts, holders = 0): string {
  const total = totalOf(counts);
  const have = counts.applied + counts.leased;
  if (total === 0) return t(holders > 0 ? 'makerPublish.noReceipts' : 'makerPublish.nobody');
  const online = total - counts.offline;
  if (online === 0) return t('makerPublish.nobodyOnline');
  if (have === total) return tn('makerPublish.allHaveIt', total);
  if (have === online && counts.failed === 0) return tn('makerPublish.onlineHaveIt', online);
  return t('makerPublish.someHaveIt', formatNumber(have), formatNumber(online));
}
