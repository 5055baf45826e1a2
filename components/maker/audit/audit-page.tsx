/** Every change that anybody made: who, what, and when. */
import { useComputed, useModel } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AuditEntry } from '../../../lib/api/routes.ts';
import { csvOf } from '../../../lib/csv.ts';
import { type Audit, AUDIT_ACTIONS, type AuditGroup, AuditModel } from '../../../lib/models/maker/audit.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { formatDay } from '../../ui/format.ts';
import { problemText } from '../../ui/problem.ts';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { useFresh } from '../fresh.ts';
import { refusalOf } from '../reasons.ts';
import '../publish/publish.css';
import './audit.css';
import { Entry } from './entry.tsx';
import { actionText, deedText, type NameOf } from './words.ts';

const EVERY_MS = 15_000;

export function AuditPage() {
  const maker = useMaker();
  const model = useModel(() => new AuditModel(maker));
  useFresh(model, EVERY_MS);
  const nameOf = useNames(model);
  return (
    <div class="page audit-page">
      <Head model={model} nameOf={nameOf} />
      <Filters model={model} />
      <Body model={model} nameOf={nameOf} />
    </div>
  );
}

/** Names of people and of whatever the entries are about; null for what nobody here knows. */
function useNames(model: Audit): NameOf {
  const maker = useMaker();
  const names = useComputed(() => {
    const found = new Map<string, string>();
    for (const { actor, subject } of model.entries.value) {
      if (subject?.name) found.set(subject.id, subject.name);
      if (actor) found.set(actor.id, actor.name);
    }
    const { may } = maker.rights.value;
    if (may('people.read').allowed) for (const { id, name } of maker.queries.read('listPeople').data.value?.people ?? []) found.set(id, name);
    if (may('teams.read').allowed) for (const { id, name } of maker.queries.read('listTeams').data.value?.teams ?? []) found.set(id, name);
    if (may('profiles.read').allowed) for (const { id, name } of maker.queries.read('listProfiles').data.value?.profiles ?? []) found.set(id, name);
    return found;
  });
  return (id) => names.value.get(id) ?? null;
}

function Head({ model, nameOf }: { model: Audit; nameOf: NameOf }) {
  const maker = useMaker();
  const own = maker.state.value?.snapshot?.profile.active?.name ?? '';
  const exportCsv = async () => {
    const all = await model.exportAll();
    if ('code' in all) return maker.toasts.say({ text: problemText(all), tone: 'bad' });
    maker.download(`audit-${new Date(maker.clock.now()).toISOString().slice(0, 10)}.csv`, 'text/csv', auditCsv(all, nameOf));
    return undefined;
  };
  return (
    <header class="page-head">
      <h1 tabIndex={-1}>{t('console.module.audit')}</h1>
      <div class="actions">
        <Button
          icon="download"
          data-action="export"
          busy={model.exporting.value}
          disabledReason={refusalOf(maker.rights.value.may('audit.export'), own)}
          onPress={exportCsv}
        >
          {t('makerAudit.export')}
        </Button>
      </div>
    </header>
  );
}

const auditCsv = (entries: readonly AuditEntry[], nameOf: NameOf): string =>
  csvOf([
    ['id', 'at', 'actor', 'actor id', 'action', 'subject kind', 'subject', 'subject id', 'in words', 'before', 'after'],
    ...entries.map((entry) => [
      entry.id,
      new Date(entry.at).toISOString(),
      entry.actor?.name ?? null,
      entry.actor?.id ?? null,
      entry.action,
      entry.subject?.kind ?? null,
      entry.subject?.name ?? null,
      entry.subject?.id ?? null,
      deedText(entry, nameOf),
      entry.before === null ? null : JSON.stringify(entry.before),
      entry.after === null ? null : JSON.stringify(entry.after),
    ]),
  ]);

const actionOptions = () => [
  { value: '', label: t('makerAudit.anything') },
  ...Object.entries(AUDIT_ACTIONS).flatMap(([group, verbs]) => [
    { value: group, label: t(`makerAudit.group.${group as AuditGroup}`) },
    ...verbs.map((verb) => ({ value: `${group}.${verb}`, label: `\u2003${actionText(`${group}.${verb}`)}` })),
  ]),
];

function Filters({ model }: { model: Audit }) {
  const { actor, action, subject, from, to } = model.filters.value;
  return (
    <div class="filters" role="search" aria-label={t('makerAudit.filters')}>
      <TextField label={t('makerAudit.by')} value={actor} placeholder={t('makerAudit.byHint')} onInput={(value) => model.filter({ actor: value })} />
      <Select label={t('makerAudit.what')} value={action} options={actionOptions()} onChange={(value) => model.filter({ action: value })} />
      <TextField label={t('makerAudit.of')} value={subject} placeholder={t('makerAudit.ofHint')} onInput={(value) => model.filter({ subject: value })} />
      <TextField label={t('makerAudit.from')} type="date" value={from} onInput={(value) => model.filter({ from: value })} />
      <TextField label={t('makerAudit.to')} type="date" value={to} onInput={(value) => model.filter({ to: value })} />
      {model.filtered.value && (
        <Button tone="plain" icon="x" onPress={model.clear}>
          {t('makerAudit.clear')}
        </Button>
      )}
    </div>
  );
}

function Body({ model, nameOf }: { model: Audit; nameOf: NameOf }) {
  const { data, problem } = model.first.value;
  if (!data.value) return problem.value ? <Failed problem={problem.value} retry={model.refresh} /> : <Loading label={t('makerAudit.loading')} />;
  if (data.value.entries.length === 0) {
    return model.filtered.value ? (
      <Empty
        icon="search"
        title={t('makerAudit.notFound')}
        text={t('makerAudit.notFoundText')}
        action={<Button onPress={model.clear}>{t('makerAudit.clear')}</Button>}
      />
    ) : (
      <Empty icon="scroll-text" title={t('makerAudit.none')} text={t('makerAudit.noneText')} />
    );
  }
  const days = [...Map.groupBy(model.entries.value, ({ at }) => new Date(at).setHours(0, 0, 0, 0))];
  return (
    <div class="audit-list">
      {days.map(([day, entries]) => (
        <section key={day}>
          <h2>{formatDay(day)}</h2>
          <ol>
            {entries.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} nameOf={nameOf} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      <More model={model} />
    </div>
  );
}

/** Comes into sight at the end: then more is read, and a button does the same. */
function More({ model }: { model: Audit }) {
  const end = useRef<HTMLDivElement>(null);
  const count = model.entries.value.length;
  const trouble = model.moreProblem.value;
  useEffect(() => {
    if (trouble) return undefined;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && void model.loadMore(), { rootMargin: '600px' });
    observer.observe(end.current!);
    return () => observer.disconnect();
    // Anew after each page: an end that is still in sight is not told of again.
  }, [count, trouble]);
  return (
    <div class="more" ref={end}>
      {trouble && <p role="alert">{problemText(trouble)}</p>}
      {model.more.value ? (
        <Button busy={model.loadingMore.value} onPress={model.loadMore}>
          {t('makerAudit.more')}
        </Button>
      ) : (
        <p class="secondary">{t('makerAudit.end')}</p>
      )}
    </div>
  );
}
