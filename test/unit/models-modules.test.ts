import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { SAID_MS, UNDO_MS } from '../../lib/models/modules/deeds.ts';
import { STEADY_MS } from '../../lib/models/modules/panel.ts';
import { recordings } from '../../lib/modules/interactions.ts';
import { invoices } from '../../lib/modules/invoices.ts';
import { conversations } from '../../lib/modules/people.ts';
import { directory } from '../../lib/modules/shelves.ts';
import { problemOf } from '../fixtures/gallery/fake-modules.ts';
import { inbound } from '../fixtures/gallery/profiles.ts';
import { cases, opened, type openPanel, without } from '../fixtures/open-panel.ts';

const offered = ({ model, row }: ReturnType<typeof openPanel>, id: string) => model.offersOfRow.value(row(id)).map(({ verb }) => verb.control);

describe('what is offered with a row', () => {
  it('is what the profile allows, the hub says of the row, and the row is like', async () => {
    const open = await opened(invoices);
    expect(offered(open, 'inv-0')).toEqual(['inv.pay.card', 'inv.pay.linkSms', 'inv.spread', 'inv.cancel']);
    expect(offered(open, 'inv-1')).toEqual(['inv.modify']);
    expect(offered(open, 'inv-2')).toEqual(['inv.cancel']);
  });

  it('is nothing that the hub does not say of it', async () => {
    const [first] = (await opened(cases)).model.list.rows.value!;
    const open = await opened(cases, { rows: { 'mod.cases': [{ ...first!, may: ['case.edit'] }] } });
    expect(offered(open, first!.id)).toEqual(['case.edit']);
  });

  it('goes with the right, at once', async () => {
    const open = await opened(cases);
    open.publish(without('cases.delete'));
    expect(offered(open, 'case-0')).toEqual(['case.edit', 'case.assign']);
  });

  it('follows what happens, wherever it is drawn', async () => {
    const open = await opened(cases);
    const drawn: number[] = [];
    const stop = effect(() => void drawn.push(open.model.offersOfRow.value(open.row('case-0')).length));
    open.publish(without('cases.delete'));
    stop();
    expect(drawn.at(-1)).toBe(2);
  });

  it('is locked with its reason while the link is lost, also what only the module itself is needed for', async () => {
    const open = await opened(conversations);
    open.client.set({ connection: { state: 'stale', since: 0, asOf: 0, nextTryAt: null } });
    const [write] = open.model.offersOfRow.value(open.row('talk-1'));
    expect([write!.decision.enabled, write!.decision.reason?.code]).toEqual([false, 'connection.lost']);
    open.model.draft('talk-1', 'Hello');
    await open.model.write(write!.verb, open.row('talk-1'));
    expect(open.sent).toEqual([]);
  });

  it('for several is what applies to all of them', async () => {
    const { model } = await opened(cases);
    expect(model.offersOfChosen.value).toEqual([]);
    model.choose('case-0', true);
    model.choose('case-1', true);
    expect(model.offersOfChosen.value.map(({ verb }) => verb.control)).toEqual(['case.delete', 'case.assign']);
    model.chooseNone();
    expect(model.chosenIds.value).toEqual([]);
  });
});

describe('a form that first reads the row', () => {
  it('is on its way until it opens, and opens once, however often it is pressed meanwhile', async () => {
    const { model, verb, answer } = await opened(cases);
    void model.press(verb('case.edit'), ['case-1']);
    void model.press(verb('case.edit'), ['case-1']);
    expect(model.deeds.pending.value.get('case-1')?.control).toBe('case.edit');
    await answer();
    expect([model.steps.value.map(({ at }) => at), model.deeds.pending.value.size]).toEqual([['list', 'form'], 0]);
  });
});

describe('deleting', () => {
  it('leaves the row where it is, pending, until the hub has confirmed it', async () => {
    const { model, verb, sent, answer, ids } = await opened(cases);
    void model.press(verb('case.delete'), ['case-1']);
    expect(ids()).toContain('case-1');
    expect(model.deeds.pending.value.get('case-1')?.control).toBe('case.delete');
    await answer();
    expect(sent).toEqual([{ control: 'case.delete', body: { id: 'case-1', revision: 1, values: {} } }]);
    expect(ids()).not.toContain('case-1');
    expect([model.list.total.value, model.deeds.pending.value.size]).toEqual([129, 0]);
  });

  it('is done once, however often it is pressed', async () => {
    const { model, verb, sent, answer } = await opened(cases);
    void model.press(verb('case.delete'), ['case-1']);
    void model.press(verb('case.delete'), ['case-1']);
    await answer();
    expect(sent).toHaveLength(1);
  });

  it('does not go on to the row that came under the pointer', async () => {
    const { model, verb, answer, clock, sent } = await opened(cases);
    void model.press(verb('case.delete'), ['case-1']);
    await answer();
    void model.press(verb('case.delete'), ['case-2']);
    expect(sent).toHaveLength(1);
    clock.pass(STEADY_MS);
    void model.press(verb('case.delete'), ['case-2']);
    expect(sent).toHaveLength(2);
  });

  it('can be taken back for a while, and reading about it gives time', async () => {
    const { model, verb, clock, answer, ids, sent } = await opened(cases);
    void model.press(verb('case.delete'), ['case-1']);
    await answer();
    expect(model.deeds.said.value).toMatchObject({ kind: 'undoable', ids: ['case-1'] });
    model.deeds.pause();
    clock.pass(10 * UNDO_MS);
    expect(model.deeds.said.value?.kind).toBe('undoable');
    model.deeds.resume();
    void model.deeds.undo();
    await answer();
    expect(sent.at(-1)).toEqual({ control: 'case.delete', body: { rows: [{ id: 'case-1' }], restore: true } });
    expect(ids()).toContain('case-1');
    expect(model.deeds.said.value?.kind).toBe('undone');
    clock.pass(SAID_MS);
    expect(model.deeds.said.value).toBeNull();
  });

  it('of several is one command, taken back as one', async () => {
    const { model, verb, answer, sent, ids } = await opened(cases);
    model.choose('case-1', true);
    model.choose('case-2', true);
    void model.press(verb('case.delete'), model.chosenIds.value);
    await answer();
    expect(sent[0]!.body).toEqual({ rows: [{ id: 'case-1', revision: 1 }, { id: 'case-2', revision: 1 }], values: {} });
    expect(model.deeds.said.value).toMatchObject({ kind: 'undoable', count: 2 });
    void model.deeds.undo();
    await answer();
    expect(ids()).toEqual(expect.arrayContaining(['case-1', 'case-2']));
  });

  it('that is refused says so, and the row is as the hub has it', async () => {
    const { model, verb, answer, modules, ids } = await opened(cases);
    modules.refuse(problemOf('control.refused'));
    void model.press(verb('case.delete'), ['case-1']);
    await answer();
    expect(model.deeds.said.value).toMatchObject({ kind: 'problem', problem: { code: 'control.refused' } });
    expect(ids()).toContain('case-1');
    expect(model.deeds.pending.value.size).toBe(0);
  });

  it('of a row that somebody changed meanwhile does nothing, and shows it as it is now', async () => {
    const { model, verb, answer, modules, row } = await opened(cases);
    modules.change('mod.cases', 'case-1', { title: 'Solved already' });
    void model.press(verb('case.delete'), ['case-1']);
    await answer();
    expect(model.deeds.said.value?.kind).toBe('conflict');
    expect(row('case-1')).toMatchObject({ revision: 2, values: { title: 'Solved already' } });
  });

  it('asks first where it cannot be taken back, and leaving it changes nothing', async () => {
    const { model, verb, answer, sent } = await opened(invoices);
    void model.press(verb('inv.cancel'), ['inv-0']);
    expect(model.step.value).toMatchObject({ at: 'confirm', ids: ['inv-0'] });
    model.back();
    expect([model.step.value.at, sent]).toEqual(['list', []]);
    void model.press(verb('inv.cancel'), ['inv-0']);
    void model.confirm();
    await answer();
    expect(sent).toHaveLength(1);
    expect(model.step.value.at).toBe('list');
  });
});

describe('a row that is opened', () => {
  it('shows what the list knows until its details are there', async () => {
    const { model, answer } = await opened(cases);
    void model.open('case-1');
    expect([model.opened.value?.id, model.detailed.value]).toEqual(['case-1', false]);
    await answer();
    expect([model.detailed.value, model.opened.value?.values['text']]).toEqual([true, expect.stringContaining('garage')]);
  });

  it('that is gone is said to be, and the list is there again', async () => {
    const { model, answer, modules, ids } = await opened(cases);
    modules.take('mod.cases', 'case-1');
    void model.open('case-1');
    await answer();
    expect([model.step.value.at, ids()!.includes('case-1'), model.gone.value]).toEqual(['list', false, true]);
    void model.open('case-2');
    expect(model.gone.value).toBe(false);
  });

  it('says why its details cannot be read, and reads them when asked again', async () => {
    const { model, answer, modules } = await opened(cases);
    modules.refuse(problemOf('client.offline'));
    void model.open('case-1');
    await answer();
    expect(model.detailProblem.value?.code).toBe('client.offline');
    modules.refuse(null);
    void model.readDetails('case-1');
    await answer();
    expect([model.detailProblem.value, model.detailed.value]).toEqual([null, true]);
  });

  it('forgets its details under another profile, which may hide what this one did not', async () => {
    const { model, answer, publish, asked, modules } = await opened(cases);
    void model.open('case-1');
    await answer();
    modules.change('mod.cases', 'case-1', { phone: '••••12' });
    asked.length = 0;
    publish(without('cases.delete'));
    expect(model.opened.value?.values['text']).not.toBeNull();
    await answer();
    expect(asked).toContain('/api/modules/mod.cases/case-1');
    expect(model.opened.value?.values['phone']).toBe('••••12');
  });
});

describe('files', () => {
  it('are heard here by the right to the module, and closed with the row', async () => {
    const { model, answer, asked, files } = await opened(recordings);
    void model.open('rec-1');
    void model.sounds.play('rec-1');
    expect(model.sounds.sound.value).toMatchObject({ id: 'rec-1', state: 'loading' });
    await answer();
    expect(asked).toContain('/api/modules/mod.recordings/rec-1/file?play=1');
    expect(model.sounds.sound.value).toEqual({ id: 'rec-1', state: 'ready', address: 'blob:1' });
    model.back();
    expect([files.closed, model.sounds.sound.value]).toEqual([['blob:1'], null]);
  });

  it('are heard one at a time: the one asked for last', async () => {
    const { model, answer, files } = await opened(recordings);
    void model.sounds.play('rec-1');
    void model.sounds.play('rec-2');
    await answer();
    expect([model.sounds.sound.value?.id, files.opened.length]).toEqual(['rec-2', 1]);
  });

  it('are kept by a control of their own', async () => {
    const { model, answer, asked, files, verb, sent } = await opened(recordings);
    void model.press(verb('rec.download'), ['rec-1']);
    await answer();
    expect([asked, files.saved, sent]).toEqual([['/api/modules/mod.recordings/rec-1/file'], ['call.wav'], []]);
  });

  it('are on their way as any deed is, and asked for once, however often it is pressed meanwhile', async () => {
    const { model, answer, files, verb } = await opened(recordings);
    void model.press(verb('rec.download'), ['rec-1']);
    void model.press(verb('rec.download'), ['rec-1']);
    expect(model.deeds.pending.value.get('rec-1')?.control).toBe('rec.download');
    await answer();
    expect([files.saved, model.deeds.pending.value.size]).toEqual([['call.wav'], 0]);
  });

  it('say why they cannot be had', async () => {
    const { model, answer, modules, verb } = await opened(recordings);
    modules.refuse(problemOf('notFound'));
    void model.sounds.play('rec-1');
    void model.press(verb('rec.download'), ['rec-1']);
    await answer();
    expect(model.sounds.sound.value).toMatchObject({ state: 'failed', problem: { code: 'notFound' } });
    expect(model.deeds.said.value).toMatchObject({ kind: 'problem', problem: { code: 'notFound' } });
  });

  it('are not asked for where the profile does not allow to keep them', async () => {
    const { model, verb, asked } = await opened(recordings, { active: { ...inbound, document: without('recording.download').document } });
    await model.press(verb('rec.download'), ['rec-1']);
    expect(asked).toEqual([]);
  });
});

describe('a conversation', () => {
  it('keeps what is being written, sends it once and in nobody’s way, and reads what is there now', async () => {
    const { model, answer, sent, verb, row, modules } = await opened(conversations);
    const write = conversations.verbs[1]!;
    model.draft('talk-1', ' I take ten more. ');
    modules.change('mod.conversations', 'talk-1', { last: 'Meanwhile' });
    void model.write(write, row('talk-1'));
    void model.write(write, row('talk-1'));
    expect(model.drafts.value['talk-1']?.text).toBe(' I take ten more. ');
    await answer();
    expect(sent).toEqual([{ control: 'mod.conversations', body: { id: 'talk-1', values: { text: 'I take ten more.' } } }]);
    expect([model.drafts.value['talk-1']?.text, row('talk-1').revision, verb('mod.conversations').does]).toEqual(['', 3, 'start']);
  });

  it('has what could not be sent still in its field, with the reason', async () => {
    const { model, answer, row, modules } = await opened(conversations);
    model.draft('talk-1', 'Hello');
    modules.refuse(problemOf('client.offline'));
    void model.write(conversations.verbs[1]!, row('talk-1'));
    await answer();
    expect(model.drafts.value['talk-1']).toMatchObject({ text: 'Hello', problem: { code: 'client.offline' } });
  });
});

describe('a closed panel', () => {
  it('asks nothing more, and nothing that comes late changes it', async () => {
    const { model, close, answer } = await opened(directory);
    void model.list.again();
    close();
    const before = model.list.rows.value;
    await answer();
    expect(model.list.rows.value).toBe(before);
  });
});
