import { describe, expect, it } from 'vitest';
import type { ButtonRun } from '../../lib/api/interaction.ts';
import { type ProblemCode, PROBLEMS } from '../../lib/api/problem.ts';
import { BannerModel } from '../../lib/models/banner.ts';
import { bodyFor, RunsModel } from '../../lib/models/interaction/runs.ts';
import { STAYS_MS } from '../../lib/models/notices.ts';
import type { Client } from '../../lib/session/client-state.ts';
import { createFakeClient } from '../fixtures/gallery/fake-client.ts';
import { everything } from '../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../fixtures/gallery/scenes.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

const run = (more: Partial<ButtonRun> = {}): ButtonRun => ({
  id: 'r1', control: 'int.custom.customer', subject: 'i1', byItself: false, state: 'pending', at: NOW, message: null, open: null, problem: null, why: null, ...more,
});

function setUp(before: readonly ButtonRun[] = []) {
  const clock = createHandClock(NOW);
  const fake = createFakeClient(openState(snapshotOf(everything, { runs: [...before] })), () => {});
  const asked: [string, unknown][] = [];
  let refused: ProblemCode | null = null;
  const client = {
    ...fake,
    call: async (verb: string, control: string, body: unknown) => {
      if (verb === 'command') asked.push([control, body]);
      return refused ? { ok: false, problem: { type: '', title: '', status: PROBLEMS[refused], code: refused } } : { ok: true, value: undefined };
    },
  } as unknown as Client;
  const opened: string[] = [];
  const banner = new BannerModel(client, clock, () => {});
  const alerts = { open: async (...what: readonly string[]) => void opened.push(what.join(' ')) };
  const model = new RunsModel(banner, alerts, (of, name) => (of.byItself && of.message === null && of.state === 'done' ? null : { title: `${name} ${of.state}`, detail: of.message ?? of.why ?? '', tone: of.state === 'done' ? 'good' : 'bad' }));
  const now = (...runs: readonly ButtonRun[]) => fake.change((held) => ({ situation: { ...held.situation, seq: held.situation.seq + 1, runs: [...runs] } }));
  return { model, banner, clock, asked, opened, now, refuse: (code: ProblemCode) => void (refused = code), said: () => banner.notices.current.value };
}

describe('what a custom button started', () => {
  it('is told once it is over, once, with its page opened', () => {
    const { now, said, opened, banner } = setUp();
    now(run());
    expect([said(), banner.running.value.has('int.custom.customer')]).toEqual([null, true]);
    const done = run({ state: 'done', message: 'Planned', open: 'https://crm.example/1' });
    now(done);
    expect(said()).toMatchObject({ kind: 'button', title: 'Open customer done', detail: 'Planned', tone: 'good' });
    expect(opened).toEqual(['r1 int.custom.customer https://crm.example/1']);
    expect(banner.running.value.has('int.custom.customer')).toBe(false);
    banner.notices.dismiss();
    now(done);
    now();
    now(done);
    expect([said(), opened.length]).toEqual([null, 1]);
  });

  it('is told also where it was over before this frame heard of it', () => {
    const { now, said } = setUp();
    now(run({ state: 'done' }));
    expect(said()).toMatchObject({ title: 'Open customer done' });
  });

  it('and was over when this page came is not told again', () => {
    const { now, said, opened } = setUp([run({ state: 'done', open: 'https://crm.example/1' })]);
    now(run({ state: 'done', open: 'https://crm.example/1' }), run({ id: 'r2', control: 'int.custom.other' }));
    expect([said(), opened]).toEqual([null, []]);
  });

  it('by itself says only what there is to read', () => {
    const { now, said } = setUp();
    now(run({ byItself: true, state: 'done' }));
    expect(said()).toBeNull();
    now(run({ id: 'r2', byItself: true, state: 'done', message: 'A good customer' }));
    expect(said()).toMatchObject({ detail: 'A good customer' });
  });

  it('and was not done stays until it is read, and can be tried again with what it was for', async () => {
    const { now, said, asked, clock, refuse } = setUp();
    now(run({ state: 'failed', problem: 'workflow.failed', why: 'No line' }));
    clock.pass(STAYS_MS * 3);
    const notice = said();
    expect(notice).toMatchObject({ kind: 'button', detail: 'No line', tone: 'bad' });
    refuse('connector.none');
    (notice as { again?: () => void }).again!();
    await new Promise((done) => setTimeout(done));
    expect(asked).toEqual([['int.custom.customer', { interactionId: 'i1' }]]);
    expect(said()).toMatchObject({ kind: 'problem', problem: { code: 'connector.none' } });
  });

  it('is asked for with the interaction, the row, or nothing', () => {
    expect([bodyFor({ control: 'int.custom.a', subject: 'i' }), bodyFor({ control: 'case.custom.a', subject: 'c' }), bodyFor({ control: 'top.custom.a', subject: '' })]).toEqual([{ interactionId: 'i' }, { id: 'c' }, {}]);
  });
});
