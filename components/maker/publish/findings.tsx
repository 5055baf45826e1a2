/** What is amiss in the draft, errors first, each with the way to where it is mended. */
import type { Impact } from '../../../lib/api/shapes-maker.ts';
import { fieldById } from '../../../lib/catalogue/index.ts';
import { type FoldedFinding, foldFindings } from '../../../lib/models/maker/publish-findings.ts';
import { type Finding, type FindingPlace, lintButtons, lintPeople } from '../../../lib/profile/lint.ts';
import { settingWords, type Words } from '../../../lib/profile/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { t, tn } from '../../ui/text.ts';
import { SettingLink } from './links.tsx';
import { findingText } from './words.ts';

/** What is found in the draft; which buttons nothing could carry out; where nobody has the profile yet, also who is without any: it may be meant for them. */
export const findingsWith = (found: readonly Finding[] | null, impact: Impact | null): readonly Finding[] => [
  ...(found ?? []),
  ...lintButtons(impact?.unready ?? {}),
  ...lintPeople({ without: impact?.people === 0 ? impact.without.map(({ name }) => name) : [] }),
];

interface Props {
  readonly findings: readonly Finding[];
  readonly profileId: string;
  readonly nameOf: Words['nameOf'];
  readonly onGo?: (() => unknown) | undefined;
}
type Given = Omit<Props, 'findings'>;

export function Findings({ findings, ...given }: Props) {
  const folded = foldFindings(findings);
  const errors = folded.filter(({ severity }) => severity === 'error');
  const warnings = folded.filter(({ severity }) => severity === 'warning');
  if (folded.length === 0) return null;
  return (
    <section class="findings" aria-label={t('makerPublish.findings')}>
      {errors.length > 0 && (
        <>
          <h3 class="stops">{tn('makerPublish.stops', errors.length)}</h3>
          <List findings={errors} {...given} />
        </>
      )}
      {warnings.length > 0 && <List findings={warnings} {...given} />}
    </section>
  );
}

function List({ findings, ...given }: Given & { findings: readonly FoldedFinding[] }) {
  return (
    <ul>
      {findings.map((finding) => (
        <li key={[finding.code, ...(finding.names ?? [])].join(' ')} class={`finding ${finding.severity}`} data-finding={finding.code}>
          <Icon name={finding.severity === 'error' ? 'circle-alert' : 'triangle-alert'} size={15} />
          <span>
            <span class="sr">{t(`makerPublish.severity.${finding.severity}`)} </span>
            <Said finding={finding} {...given} />
          </span>
        </li>
      ))}
    </ul>
  );
}

const settingAt = ({ field, tab }: FindingPlace): string | undefined => field ?? tab;

/** The sentence is the link where there is one place; else it is followed by a link to each. */
function Said({ finding, profileId, nameOf, onGo }: Given & { finding: FoldedFinding }) {
  const text = findingText(finding);
  const [first, ...others] = finding.places;
  const setting = settingAt(first!);
  if (setting === undefined) return text;
  if (others.length === 0) {
    return (
      <SettingLink profileId={profileId} setting={setting} onGo={onGo}>
        {text}
      </SettingLink>
    );
  }
  return (
    <>
      {text}
      <Places places={finding.places} profileId={profileId} nameOf={nameOf} onGo={onGo} />
    </>
  );
}

/** More than this are counted. */
const MOST_PLACES = 8;

function Places({ places, profileId, nameOf, onGo }: Given & { places: readonly FindingPlace[] }) {
  const more = places.length - MOST_PLACES;
  return (
    <span class="places" role="list">
      {places.slice(0, MOST_PLACES).map((place) => (
        <span key={`${settingAt(place)} ${place.row}`} role="listitem">
          <SettingLink profileId={profileId} setting={settingAt(place)!} onGo={onGo}>
            {placeName(place, places, nameOf)}
          </SettingLink>
        </span>
      ))}
      {more > 0 && <span role="listitem">{t('makerPublish.andMore', more)}</span>}
    </span>
  );
}

/** By what tells it from the others: its channel, its row, else where it stands. */
function placeName(place: FindingPlace, all: readonly FindingPlace[], nameOf: Words['nameOf']): string {
  if (place.row !== undefined) return nameOf(place.row) ?? t('makerPublish.words.noName', place.row);
  const channelOf = ({ field = '' }: FindingPlace) => fieldById.get(field)?.column ?? null;
  const channels = new Set(all.map(channelOf));
  const channel = channelOf(place);
  if (channel !== null && channels.size === all.length) return t(`channel.${channel}`);
  return settingWords(settingAt(place) ?? '', (key, substitutions = []) => t(key, ...substitutions));
}
