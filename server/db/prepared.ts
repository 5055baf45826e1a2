import pg from 'pg';

/** Statements under a name: so many, each from its third use on. What is built of lists of all lengths would never end. */
const MOST_NAMES = 300;
const COUNTED = 2000;
const USES_BEFORE = 2;

/** "cached plan must not change result type": a newer hub has changed a table under this one. */
export const PLAN_IS_OLD = '0A000';

export interface StatementNames {
  /** Null for a statement that is not to be prepared. */
  of(text: string): string | null;
  /** All are prepared anew, under other names. */
  forget(): void;
}

export function createStatementNames(): StatementNames {
  const names = new Map<string, string>();
  const uses = new Map<string, number>();
  let generation = 0;
  const count = (text: string) => {
    const before = uses.get(text) ?? 0;
    if (before === 0 && uses.size >= COUNTED) uses.clear();
    uses.set(text, before + 1);
    return before;
  };
  return {
    of(text) {
      const known = names.get(text);
      if (known !== undefined) return known;
      if (names.size >= MOST_NAMES || count(text) < USES_BEFORE) return null;
      uses.delete(text);
      const name = `pennon_${generation}_${names.size}`;
      names.set(text, name);
      return name;
    },
    forget() {
      generation += 1;
      names.clear();
    },
  };
}

/**
 * A client whose statements with values are parsed and planned once a connection, not every time: of the short ones of a hub
 * that is the greater part of what they cost PostgreSQL. One whose table has changed meanwhile is asked again, but within a
 * transaction, which has failed by it: that may run again.
 */
export function preparingClient(names: StatementNames): typeof pg.Client {
  return class extends pg.Client {
    // The driver's has many forms, of which Kysely uses the one with text and values.
    override query(...given: unknown[]): never {
      const query = super.query.bind(this) as (...form: unknown[]) => Promise<unknown>;
      const [text, values] = given;
      const name = given.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0 ? names.of(text) : null;
      if (name === null) return query(...given) as never;
      const again = (error: unknown) => {
        if ((error as { code?: unknown }).code !== PLAN_IS_OLD) throw error;
        names.forget();
        if (this.getTransactionStatus() !== 'I') throw error;
        return query(text, values);
      };
      return query({ name, text, values }).catch(again) as never;
    }
  };
}
