/** The open panel of a module: where one is in it, what is read, and what is done. */
import { batch, computed, createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import { type ModuleRow, PAGE_ROWS } from '../../api/routes-modules.ts';
import { createModuleHub } from '../../modules/module-hub.ts';
import { type Currency, EURO } from '../../modules/money.ts';
import type { Panel, Verb } from '../../modules/types.ts';
import type { Client } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';
import type { View } from '../view.ts';
import { askingOf } from './asking.ts';
import { createDeeds } from './deeds.ts';
import { createEntry, type Entry } from './entry.ts';
import { createFresh } from './fresh.ts';
import { appliesTo, decisionOf, offersOf } from './offers.ts';
import { createPeople } from './people.ts';
import { createRowList } from './row-list.ts';
import { scriptFor, type SpokenFor } from './script-for.ts';
import { createSounds, type FileEdges } from './sound.ts';

/** Where one is: each step goes back to the one before. `ids` are the rows it is about, none for a new one. */
export type Step =
  | { readonly at: 'list' }
  | { readonly at: 'row'; readonly id: string }
  | { readonly at: 'form' | 'confirm'; readonly verb: Verb; readonly ids: readonly string[] };

export interface PanelEdges {
  readonly panel: Panel;
  readonly client: Pick<Client, 'call'>;
  readonly view: ReadonlySignal<View>;
  readonly clock: Clock;
  readonly files: FileEdges;
  /** Calls back whenever rows of the module have changed. Returns how to stop. */
  readonly follow: (module: string, heard: () => void) => () => void;
  /** What it is opened for: the one row that is of it opens by itself. */
  readonly spokenFor?: SpokenFor | null;
}

/** A list of which more than so many rows were read is not read again at every word of a change. */
const MOST_FOLLOWED = 4 * PAGE_ROWS;
/** The next row moves under the pointer when one goes: so long after it nothing is destroyed by a press. */
export const STEADY_MS = 700;
const LIST: Step = { at: 'list' };

export interface Draft {
  readonly text: string;
  /** Why it could not be sent. */
  readonly problem: Problem | null;
}
export const EMPTY: Draft = { text: '', problem: null };

/** A row of a list, and what only its details said a while ago. */
function withDetails(short: ModuleRow, whole: ModuleRow): ModuleRow {
  const before = Object.entries(whole.shown ?? {}).filter(([id]) => !(id in short.values));
  return { ...short, values: { ...whole.values, ...short.values }, shown: { ...Object.fromEntries(before), ...short.shown } };
}

export const PanelModel = createModel(({ panel, client, view, clock, files, follow, spokenFor = null }: PanelEdges) => {
  const hub = createModuleHub(client);
  const list = createRowList({ panel, hub, clock });
  const sounds = createSounds(panel.module, hub, files);
  const people = createPeople({ hub, view, list });
  /** What amounts are in. */
  const currency = computed<Currency>(() => view.value.snapshot?.person.account.currency ?? EURO);
  const steps = signal<readonly Step[]>([LIST]);
  const step = computed(() => steps.value.at(-1) ?? LIST);
  /** Rows as their details were read, which say more than the list does. */
  const details = signal<ReadonlyMap<string, ModuleRow>>(new Map());
  const detailProblem = signal<Problem | null>(null);
  const entry = signal<Entry | null>(null);
  /** Asked to go back from a form in which something is typed: a second time drops it. */
  const leaving = signal(false);
  const chosen = signal<ReadonlySet<string>>(new Set());
  /** What is being written to each conversation: it is there again when one comes back. */
  const drafts = signal<Readonly<Record<string, Draft>>>({});
  /** The row that was opened last is not there any more. */
  const gone = signal(false);

  let droppedAt = Number.NEGATIVE_INFINITY;
  const onRow = (id: string, row: ModuleRow | null) =>
    batch(() => {
      if (row) {
        list.put(row);
        details.value = new Map([...details.peek(), [id, row]]);
        return;
      }
      list.drop(id);
      droppedAt = clock.now();
      chosen.value = without(chosen.peek(), id);
      // A form stays: what is typed in it is not lost with the row.
      steps.value = steps.peek().filter((each) => (each.at === 'row' ? each.id !== id : each.at !== 'confirm' || !each.ids.includes(id)));
    });
  const deeds = createDeeds({ panel, client, hub, clock, list, onRow });

  const rowOf = (id: string): ModuleRow | null => details.value.get(id) ?? list.rows.value?.find((row) => row.id === id) ?? null;
  const rowsOf = (ids: readonly string[]): ModuleRow[] => ids.flatMap((id) => rowOf(id) ?? []);
  /** The newest of it that is held: a list that was read again is newer than what its details said. */
  const opened = computed<ModuleRow | null>(() => {
    const now = step.value;
    const id = now.at === 'row' ? now.id : now.at === 'list' ? null : now.ids.length === 1 ? now.ids[0]! : null;
    if (id === null) return null;
    const [whole, short] = [details.value.get(id), list.rows.value?.find((row) => row.id === id)];
    return whole && short && short.revision > whole.revision ? withDetails(short, whole) : (whole ?? short ?? null);
  });
  /** Of what was chosen, what is still there. */
  const chosenIds = computed(() => [...chosen.value].filter((id) => rowOf(id) !== null));
  const detailed = computed(() => opened.value !== null && details.value.has(opened.value.id));

  const readDetails = async (id: string) => {
    detailProblem.value = null;
    gone.value = false;
    const answer = await hub.row(panel.module, id);
    if (answer.ok) return onRow(id, answer.value);
    if (answer.problem.code === 'notFound') {
      gone.value = true;
      onRow(id, null);
    } else if (step.peek().at === 'row') detailProblem.value = answer.problem;
  };
  const go = (next: Step) => {
    steps.value = [...steps.peek(), next];
  };

  /** One step back; what was typed is asked about first. Returns whether there was one. */
  const back = (): boolean => {
    if (steps.peek().length <= 1) return false;
    if (mayLeave()) pop();
    return true;
  };
  /** Whether nothing typed would be lost, or that was asked about already: else it is asked about. */
  const mayLeave = (): boolean => {
    const may = step.peek().at !== 'form' || !entry.peek()?.touched.peek() || leaving.peek();
    leaving.value = !may;
    return may;
  };
  const pop = () =>
    batch(() => {
      leaving.value = false;
      const left = step.peek();
      if (left.at === 'row' || (left.at === 'form' && left.verb.does === 'evaluate')) sounds.stop();
      steps.value = steps.peek().slice(0, -1);
      entry.value = null;
      detailProblem.value = null;
    });
  const openForm = async (verb: Verb, ids: readonly string[]) => {
    // What a form begins with is what the row is now, and what only its details say.
    if (ids.length === 1 && !details.peek().has(ids[0]!)) await deeds.during(verb, ids, () => readDetails(ids[0]!));
    const rows = rowsOf(ids);
    if (rows.length < ids.length) return;
    if (verb.form?.some(({ type }) => type === 'person')) void people.read();
    batch(() => {
      entry.value = createEntry(verb, rows, deeds, (id) => details.peek().get(id) ?? null, currency.peek(), askingOf(verb, rows.length === 1 ? rows[0]! : null, view, currency.peek()));
      go({ at: 'form', verb, ids });
    });
  };
  const save = async (verb: Verb, row: ModuleRow) => {
    const answer = await deeds.during(verb, [row.id], () => sounds.save(row.id));
    if (!answer.ok) deeds.say({ kind: 'problem', ...deeds.about(verb, [row]), problem: answer.problem });
  };

  /** Allowed at this moment, and nothing else on its way with one of the rows. */
  const mayNow = (verb: Verb, ids: readonly string[]): boolean => {
    const busy = deeds.pending.peek();
    return decisionOf(verb, view.peek()).enabled && !(ids.length === 0 ? busy.has('') : ids.some((id) => busy.has(id)));
  };
  /** Done by a press: at once, after a form, or after a question. */
  const press = (verb: Verb, ids: readonly string[]): Promise<unknown> | void => {
    const rows = rowsOf(ids);
    if (!mayNow(verb, ids) || rows.length < ids.length || !rows.every((row) => appliesTo(verb, row))) return;
    if (verb.destroys && clock.now() - droppedAt < STEADY_MS) return;
    if (verb.file) return Promise.all(rows.map((row) => save(verb, row)));
    if (verb.form && verb.form.length > 0) return openForm(verb, ids);
    if (verb.destroys === 'confirm') return go({ at: 'confirm', verb, ids });
    chosen.value = new Set();
    return deeds.send(verb, rows, {});
  };
  const confirm = async () => {
    const now = step.peek();
    if (now.at !== 'confirm' || !mayNow(now.verb, now.ids)) return;
    const rows = rowsOf(now.ids);
    pop();
    chosen.value = new Set();
    await deeds.send(now.verb, rows, {});
  };
  const submit = async () => {
    const now = step.peek();
    const filled = entry.peek();
    if (now.at !== 'form' || !filled || !mayNow(now.verb, now.ids)) return;
    if (!(await filled.submit())) return;
    if (entry.peek() === filled) pop();
    chosen.value = new Set();
  };

  // Read once, then whenever the profile is another version of itself or the link is back.
  const NOT_LIVE = '';
  let known: string | null = null;
  effect(() => {
    const { active, situation, person } = view.value;
    const live = situation.connection === 'live';
    const now = live ? [active?.id, active?.version, ...person.allow, '-', ...person.deny].join(' ') : NOT_LIVE;
    if (now === known || (!live && known !== null)) return void (known = now);
    // Another profile may mask what this one did not.
    if (known !== null && known !== NOT_LIVE) details.value = new Map();
    known = now;
    void list.again();
    const where = step.peek();
    if (where.at === 'row') void readDetails(where.id);
  });
  /** A form is not touched by it: that keeps the row as it was when it was opened, until it is sent. */
  const readAgain = async (changed: boolean) => {
    const before = list.rows.peek();
    const where = step.peek();
    if (changed && where.at === 'row') void readDetails(where.id);
    await list.again();
    const [was, is] = [before ?? [], list.rows.peek() ?? []];
    // What stands under the pointer now may be another row than the one that was meant.
    if (was.length !== is.length || was.some(({ id }, at) => is[at]!.id !== id)) droppedAt = clock.now();
  };
  effect(() => {
    const held = () => list.rows.peek()?.length ?? 0;
    const fresh = createFresh({
      clock,
      live: () => view.peek().situation.connection === 'live',
      busy: () => list.loading.peek() !== null || deeds.pending.peek().size > 0,
      small: () => !list.hasMore.peek() && held() <= PAGE_ROWS,
      read: (changed) => void (held() <= MOST_FOLLOWED && readAgain(changed)),
    });
    const unfollow = follow(panel.rowsOf ?? panel.module, fresh.changed);
    return () => {
      unfollow();
      fresh.stop();
      list.stop();
      sounds.stop();
      deeds.say(null);
    };
  });

  // Once, when its rows are there: after that it is the person's to look around.
  let wanted = spokenFor;
  effect(() => {
    const rows = list.rows.value;
    if (!wanted || !rows) return;
    const row = scriptFor(rows, wanted);
    wanted = null;
    if (!row || steps.peek().length > 1) return;
    go({ at: 'row', id: row.id });
    void untracked(() => readDetails(row.id));
  });

  return {
    list, deeds, sounds, people, currency, steps, step, opened, detailed, detailProblem, entry, leaving, drafts, chosen, gone, back, mayLeave, press, confirm, submit,
    offers: computed(() => offersOf(panel, view.value, 'module')),
    // Not a function of the model: those are actions, and what they read is not followed.
    offersOfRow: computed(() => {
      const now = view.value;
      return (row: ModuleRow) => offersOf(panel, now, 'row', [row]);
    }),
    /** For the rows that are chosen: what can be done with all of them. */
    offersOfChosen: computed(() => (chosenIds.value.length === 0 ? [] : offersOf(panel, view.value, 'rows', rowsOf(chosenIds.value)))),
    chosenIds,
    chooses: computed(() => offersOf(panel, view.value, 'rows').length > 0),
    open(id: string) {
      go({ at: 'row', id });
      return readDetails(id);
    },
    readDetails,
    choose(id: string, on: boolean) {
      chosen.value = on ? new Set([...chosen.peek(), id]) : without(chosen.peek(), id);
    },
    draft: (id: string, text: string) => void (drafts.value = { ...drafts.peek(), [id]: { text, problem: null } }),
    async write(verb: Verb, row: ModuleRow) {
      const { text } = drafts.peek()[row.id] ?? EMPTY;
      if (text.trim() === '' || !mayNow(verb, [row.id])) return;
      const outcome = await deeds.send(verb, [row], { text: text.trim() }, true);
      // What was sent is seen above: nothing is to be said of it.
      if (outcome.ok) deeds.say(null);
      const next = outcome.ok ? EMPTY : { text, problem: outcome.problem };
      drafts.value = { ...drafts.peek(), [row.id]: next };
    },
    forgetGone: () => void (gone.value = false),
    stay: () => void (leaving.value = false),
    chooseNone: () => void (chosen.value = new Set()),
  };
});
export type OpenPanel = InstanceType<typeof PanelModel>;

const without = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => new Set([...ids].filter((each) => each !== id));
