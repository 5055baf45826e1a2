import { sql } from 'kysely';
import { CHANNELS } from '../../lib/catalogue/index.ts';
import { columnOf, panelByModule } from '../../lib/modules/panels.ts';
import { sortKey } from '../../lib/modules/sort-key.ts';
import type { Db } from '../db/connect.ts';
import type { Asker } from './asker.ts';
import type { ListedRow, ReadListed } from './listed.ts';
import { seen } from './reach.ts';

const HOUR_MS = 3_600_000;

interface Row {
  /** Since the beginning of the day. */
  readonly hour: number;
  readonly channel: string;
  readonly handled: number;
  readonly missed: number;
  readonly refused: number;
  /** Seconds, of what was handled. */
  readonly seconds: number;
}
type Sums = Omit<Row, 'hour' | 'channel'>;

/** Of today by the hub's clock and time zone: the whole day, each hour of it that has begun, and each channel. */
export const readStatistics: ReadListed = async (db, _panel, asker, now) => {
  const start = new Date(now).setHours(0, 0, 0, 0);
  const rows = await sumsSince(db, asker, start);
  const row = (id: string, of: string, at: number, channel: string | null, some: readonly Row[]): ListedRow => ({ id, values: { of, at, channel, ...sumOf(some) } });
  const hours = Array.from({ length: Math.floor((now - start) / HOUR_MS) + 1 }, (_, hour) => hour);
  return [
    row('day', 'day', start, null, rows),
    ...hours.map((hour) => row(`hour-${hour}`, 'hour', start + hour * HOUR_MS, null, rows.filter((each) => each.hour === hour))),
    ...CHANNELS.map((channel) => row(`channel-${channel}`, 'channel', start, channel, rows.filter((each) => each.channel === channel))),
  ];
};

function sumOf(rows: readonly Sums[]) {
  const sum = (key: keyof Sums) => rows.reduce((total, row) => total + row[key], 0);
  const handled = sum('handled');
  return { handled, missed: sum('missed'), refused: sum('refused'), mean: handled > 0 ? Math.round(sum('seconds') / handled) : null };
}

/** What was passed on was handled too. */
const HANDLED = ['handled', 'transferred'];

/** Of the interactions that the asker may see in the history, with its index of when they were. */
async function sumsSince(db: Db, asker: Asker, start: number): Promise<readonly Row[]> {
  const history = panelByModule.get('mod.history')!;
  const at = columnOf(history, 'at')!;
  const outcome = sql`r."values"->>'outcome'`;
  const { rows } = await sql<Row>`
    select floor(((r."values"->>'at')::numeric - ${start}::numeric) / ${HOUR_MS}::numeric)::int as hour, r."values"->>'channel' as channel,
      count(*) filter (where ${outcome} = any(${HANDLED}::text[]))::int as handled,
      count(*) filter (where ${outcome} = 'missed')::int as missed,
      count(*) filter (where ${outcome} = 'refused')::int as refused,
      coalesce(sum((r."values"->>'duration')::numeric) filter (where ${outcome} = any(${HANDLED}::text[])), 0)::int as seconds
    from record_key k join record r on r.id = k.record_id
    where k.account_id = ${asker.accountId}::uuid and k.module = ${history.module} and k.sort = ${at.id} and k.key >= ${sortKey(at, start)}
      and r.deleted_at is null and ${await seen(db, history, asker)}
    group by 1, 2`.execute(db);
  return rows;
}
