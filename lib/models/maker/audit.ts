/** The audit as one reads it: filtered, page after page, the newest first and live. */
import { batch, computed, createModel, effect, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { AuditEntry } from '../../api/routes.ts';
import type { ConsoleHub } from '../../console/hub.ts';
import type { Queries } from '../../console/queries.ts';
import type { Clock } from '../clock.ts';

/** What the hub writes down, by what it is about. */
export const AUDIT_ACTIONS = {
  profile: [
    'create', 'duplicate', 'import', 'saveDraft', 'dropDraft', 'publish', 'rollBack', 'schedule', 'cancelSchedule', 'refresh', 'assign',
    'unassign', 'archive', 'unarchive', 'delete',
  ],
  person: ['create', 'update', 'disable', 'enable', 'setPassword', 'change', 'import', 'keepCreated'],
  supervision: ['toggleFlow', 'changeProfile', 'changeActivity', 'disconnect', 'listen', 'record'],
  ask: ['make', 'grant', 'decline', 'withdraw', 'end'],
  team: ['create', 'update', 'delete'],
  resource: ['create', 'update', 'archive', 'unarchive', 'delete'],
  account: ['create', 'change'],
  apiToken: ['create', 'revoke'],
  connector: ['token', 'channels', 'revoke'],
  serviceSecret: ['create', 'revoke'],
} as const satisfies Record<string, readonly string[]>;
export type AuditGroup = keyof typeof AUDIT_ACTIONS;

export interface AuditFilters {
  /** Part of a name or of an email address. */
  readonly actor: string;
  /** `profile.publish`, `profile` for all of it, empty for everything. */
  readonly action: string;
  readonly subject: string;
  /** Days as `<input type="date">` has them, both included; empty for no end. */
  readonly from: string;
  readonly to: string;
}
export const NO_FILTERS: AuditFilters = { actor: '', action: '', subject: '', from: '', to: '' };

export interface AuditEdges {
  readonly queries: Queries;
  readonly hub: ConsoleHub;
  readonly clock: Clock;
}

/** So long what is typed must stand before it is asked for. */
const PAUSE_MS = 300;
const PAGE = '50';

export const AuditModel = createModel(({ queries, hub, clock }: AuditEdges) => {
  const filters = signal<AuditFilters>(NO_FILTERS);
  /** What is asked for: what was typed, once it has stood. */
  const asked = signal<AuditFilters>(NO_FILTERS);
  const older = signal<readonly AuditEntry[]>([]);
  /** Whether there are entries older than those held; null until a page after the first was read. */
  const moreOlder = signal<boolean | null>(null);
  const loadingMore = signal(false);
  const moreProblem = signal<Problem | null>(null);
  const exporting = signal(false);

  const first = computed(() => queries.read('listAudit', { query: { ...queryOf(asked.value), limit: PAGE } }));
  const newest = computed(() => first.value.data.value?.entries ?? null);
  const entries = computed(() => joined(newest.value ?? [], older.value));
  const more = computed(() => moreOlder.value ?? first.value.data.value?.more ?? false);

  // What is read beyond the first page goes on from it: where more than a page has happened since, it no longer does.
  let kept: readonly AuditEntry[] = [];
  effect(() => {
    const now = newest.value;
    if (!now) return;
    const last = now.at(-1)?.id ?? 0;
    const beyond = kept.filter(({ id }) => id < last);
    const meets = kept.some(({ id }) => id >= last);
    batch(() => {
      if (meets) older.value = joined(beyond, older.peek());
      else if (older.peek().length > 0) {
        older.value = [];
        moreOlder.value = null;
      }
    });
    kept = now;
  });

  let callOff = () => {};
  const settle = (next: AuditFilters) =>
    batch(() => {
      callOff();
      kept = [];
      older.value = [];
      moreOlder.value = null;
      moreProblem.value = null;
      asked.value = next;
    });

  return {
    filters,
    asked,
    first,
    entries,
    more,
    loadingMore,
    moreProblem,
    exporting,
    filtered: computed(() => Object.values(asked.value).some((value) => value !== '')),
    filter(change: Partial<AuditFilters>) {
      filters.value = { ...filters.peek(), ...change };
      callOff();
      callOff = clock.after(PAUSE_MS, () => settle(filters.peek()));
    },
    clear() {
      filters.value = NO_FILTERS;
      settle(NO_FILTERS);
    },
    refresh: () => first.peek().refresh(),
    async loadMore() {
      const last = entries.peek().at(-1);
      if (!last || loadingMore.peek() || !more.peek()) return;
      const mine = asked.peek();
      loadingMore.value = true;
      const answer = await hub.ask('listAudit', { query: { ...queryOf(mine), limit: PAGE, before: String(last.id) } });
      batch(() => {
        loadingMore.value = false;
        if (mine !== asked.peek()) return;
        moreProblem.value = answer.ok ? null : answer.problem;
        if (!answer.ok) return;
        older.value = joined(older.peek(), answer.value.value.entries);
        moreOlder.value = answer.value.value.more;
      });
    },
    /** Everything that the filters let through, however much it is; or the problem. */
    async exportAll(): Promise<readonly AuditEntry[] | Problem> {
      exporting.value = true;
      const all: AuditEntry[] = [];
      try {
        for (;;) {
          const before = all.at(-1)?.id;
          const answer = await hub.ask('exportAudit', { query: { ...queryOf(asked.peek()), ...(before === undefined ? {} : { before: String(before) }) } });
          if (!answer.ok) return answer.problem;
          all.push(...answer.value.value.entries);
          if (!answer.value.value.more || answer.value.value.entries.length === 0) return all;
        }
      } finally {
        exporting.value = false;
      }
    },
  };
});
export type Audit = InstanceType<typeof AuditModel>;

/** Newest first, each once. */
function joined(newer: readonly AuditEntry[], older: readonly AuditEntry[]): readonly AuditEntry[] {
  const last = newer.at(-1)?.id ?? Infinity;
  return [...newer, ...older.filter(({ id }) => id < last)];
}

/** As the hub takes them: nothing for what is not filtered by, and days from their first to their last moment here. */
export function queryOf({ actor, action, subject, from, to }: AuditFilters) {
  return {
    ...(actor.trim() ? { actor: actor.trim() } : {}),
    ...(action ? { action } : {}),
    ...(subject.trim() ? { subject: subject.trim() } : {}),
    ...(from ? { from: String(new Date(`${from}T00:00:00`).getTime()) } : {}),
    ...(to ? { to: String(new Date(`${to}T23:59:59.999`).getTime()) } : {}),
  };
}
