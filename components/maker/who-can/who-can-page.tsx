/** The question turned around: not what somebody may do, but who may do a thing. */
import { type ReadonlySignal, useComputed, useModel } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { hrefOf } from '../../../lib/console/location.ts';
import { csvOf } from '../../../lib/csv.ts';
import { askableById, matrixRows, rightName, type WhoCan, WhoCanModel } from '../../../lib/models/maker/who-can.ts';
import { Button } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { problemText } from '../../ui/problem.ts';
import { SearchBox } from '../../ui/search.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { refusalOf } from '../reasons.ts';
import { PeopleTable, ProfilesTable } from './tables.tsx';
import './who-can.css';

export function WhoCanPage({ right }: { readonly right?: string }) {
  const maker = useMaker();
  const asked: ReadonlySignal<string | null> = useComputed(() => {
    const at = maker.location.value;
    return at.page === 'who-can' ? (at.right ?? null) : null;
  });
  const model = useModel(() => new WhoCanModel({ queries: maker.queries, hub: maker.hub, right: asked, text: t }));
  return (
    <div class="page fill who-can" data-asked={right !== undefined}>
      <Head model={model} />
      <div class="columns">
        <Rights model={model} right={right ?? null} />
        <Answer model={model} right={right ?? null} />
      </div>
    </div>
  );
}

function Head({ model }: { model: WhoCan }) {
  const maker = useMaker();
  const own = maker.state.value?.snapshot?.profile.active?.name ?? '';
  const exportMatrix = async () => {
    const matrix = await model.matrix();
    if ('code' in matrix) return maker.toasts.say({ text: problemText(matrix), tone: 'bad' });
    const rows = matrixRows(matrix, {
      head: [t('makerWhoCan.kind'), t('makerWhoCan.name'), t('makerWhoCan.atLogin')],
      profile: t('makerWhoCan.aProfile'),
      person: t('makerWhoCan.aPerson'),
      right: (id) => `${rightName(id, t)} (${id})`,
      yes: t('makerWhoCan.yes'),
      no: t('makerWhoCan.no'),
    });
    maker.download(`who-can-${new Date(maker.clock.now()).toISOString().slice(0, 10)}.csv`, 'text/csv', csvOf(rows));
    return undefined;
  };
  return (
    <header class="page-head">
      <div>
        <h1 tabIndex={-1}>{t('console.module.whoCan')}</h1>
        <p class="lead">{t('makerWhoCan.lead')}</p>
      </div>
      <div class="actions">
        <Button
          icon="download"
          data-action="matrix"
          busy={model.loadingMatrix.value}
          disabledReason={refusalOf(maker.rights.value.may('whoCan.export'), own)}
          onPress={exportMatrix}
        >
          {t('makerWhoCan.matrix')}
        </Button>
      </div>
    </header>
  );
}

/** Everything that can be asked about. */
function Rights({ model, right }: { model: WhoCan; right: string | null }) {
  const groups = model.groups.value;
  const list = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section class="rights" aria-label={t('makerWhoCan.rights')}>
      <SearchBox
        label={t('makerWhoCan.search')}
        value={model.typed.value}
        onInput={(value) => (model.typed.value = value)}
        found={groups.reduce((sum, { members }) => sum + members.length, 0)}
      />
      <nav ref={list} aria-label={t('makerWhoCan.rights')}>
        {groups.map(({ group, members }) => (
          <section key={group}>
            <h2>{t(group)}</h2>
            <ul>
              {members.map((each) => (
                <li key={each.id}>
                  <a href={hrefOf({ page: 'who-can', right: each.id })} aria-current={each.id === right ? 'true' : undefined} data-right={each.id}>
                    <Icon name={each.icon as IconName} size={15} />
                    <span>{model.nameOf(each)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p class="secondary none">{t('ui.notFound', model.typed.value)}</p>}
      </nav>
    </section>
  );
}

function Answer({ model, right }: { model: WhoCan; right: string | null }) {
  const read = model.read.value;
  if (right === null || !read) {
    return (
      <section class="answer" data-state="nothing">
        <Empty icon="shield-question-mark" title={t('makerWhoCan.choose')} text={t('makerWhoCan.chooseText')} />
      </section>
    );
  }
  const found = askableById.get(right);
  return (
    <section class="answer" aria-live="polite" aria-busy={read.loading.value}>
      <header>
        <a class="icon-button back" href="#/who-can" aria-label={t('makerWhoCan.back')}>
          <Icon name="arrow-left" size={16} />
        </a>
        <div>
          <h2>{rightName(right, t)}</h2>
          {found && <p class="secondary">{t(found.group)}</p>}
        </div>
      </header>
      {read.data.value ? <Found model={model} /> : read.problem.value ? <Failed problem={read.problem.value} retry={read.refresh} /> : <Loading label={t('ui.loading')} />}
    </section>
  );
}

function Found({ model }: { model: WhoCan }) {
  const { people, peopleCan, profiles, profilesCan } = model.counts.value;
  const about = model.about.value;
  return (
    <>
      <dl class="numbers">
        <div>
          <dt>{t('makerWhoCan.people')}</dt>
          <dd data-number="people">
            <strong>{formatNumber(peopleCan)}</strong> {t('makerWhoCan.of', formatNumber(people))}
          </dd>
        </div>
        <div>
          <dt>{t('makerWhoCan.profiles')}</dt>
          <dd data-number="profiles">
            <strong>{formatNumber(profilesCan)}</strong> {t('makerWhoCan.of', formatNumber(profiles))}
          </dd>
        </div>
      </dl>
      <div class="page-tools">
        <Segments
          label={t('makerWhoCan.about')}
          value={about}
          options={[
            { value: 'people', label: t('makerWhoCan.people') },
            { value: 'profiles', label: t('makerWhoCan.profiles') },
          ]}
          onChange={(value) => (model.about.value = value)}
        />
        <Segments
          label={t('makerWhoCan.shown')}
          value={model.shown.value}
          options={(['all', 'can', 'cannot'] as const).map((value) => ({ value, label: t(`makerWhoCan.show.${value}`) }))}
          onChange={(value) => (model.shown.value = value)}
        />
        <SearchBox
          label={t('makerWhoCan.searchName')}
          value={model.typedName.value}
          onInput={(value) => (model.typedName.value = value)}
          found={about === 'people' ? model.people.value.length : model.profiles.value.length}
        />
      </div>
      {about === 'people' ? <PeopleTable model={model} /> : <ProfilesTable model={model} />}
    </>
  );
}
