import Database from 'better-sqlite3';
import type { Library } from '../../../electron/library/library.ts';

/** Every statement that a library ran, by the call that ran it first, with how SQLite finds its rows. */
export type Recorded = { readonly call: string; readonly sql: string; readonly plan: readonly string[] };

export type Recorder = {
  /** The library with its calls named, for the scenario to work on. */
  readonly library: Library;
  /** `repository.method` of everything that a library offers and the scenario has not called. */
  uncalled(): string[];
  /** Calls that changed a row, and whether an event of it was written in the same call. */
  writing(): ReadonlyMap<string, 'told' | 'silent'>;
  /** In the order of the calls' names. Asks the database file for the plans. */
  recorded(databaseFile: string): Recorded[];
  stop(): void;
};

const OPENING = 'opening';

/** Listens to all connections of this process from now on; open the library after this. */
export function recordStatements(open: () => Library): Recorder {
  const statements = new Map<string, string>();
  const called = new Set<string>();
  const calls: string[] = [OPENING];
  // oxlint-disable-next-line typescript/unbound-method -- called with the database it is asked of
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function record(this: Database.Database, sql: string) {
    const text = sql.replace(/\s+/g, ' ').trim();
    if (this.name.endsWith('library.db') && !statements.has(text)) statements.set(text, calls.at(-1) ?? OPENING);
    return prepare.call(this, sql);
  } as typeof prepare;
  const writes = new Map<string, 'told' | 'silent'>();
  const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as Database.Statement;
  // oxlint-disable-next-line typescript/unbound-method -- called with the statement it is asked of
  const { run } = statement;
  statement.run = function note(this: Database.Statement, ...given: unknown[]) {
    const [, call = OPENING] = calls;
    if (/^\s*INSERT INTO events\b/.test(this.source)) writes.set(call, 'told');
    else if (this.database.name.endsWith('library.db') && !writes.has(call)) writes.set(call, 'silent');
    return run.apply(this, given);
  };
  const library = open();
  const offered = listCalls(library);

  function nameCalls<Part extends object>(part: Part, path: string): Part {
    return new Proxy(part, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        const name = `${path}${String(key)}`;
        if (typeof value === 'function') {
          return (...given: unknown[]) => {
            called.add(name);
            calls.push(name);
            try {
              return value.apply(target, given) as unknown;
            } finally {
              calls.pop();
            }
          };
        }
        return isPart(value) ? nameCalls(value, `${name}.`) : value;
      },
    });
  }

  return {
    library: nameCalls(library, ''),
    uncalled: () => offered.filter((name) => !called.has(name)),
    recorded(databaseFile) {
      const database = new Database(databaseFile, { readonly: true });
      try {
        return [...statements]
          .filter(([sql]) => /^(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql))
          .map(([sql, call]) => ({ call, sql, plan: explain(database, prepare, sql) }))
          .toSorted((a, b) => (a.call === b.call ? (a.sql < b.sql ? -1 : 1) : a.call < b.call ? -1 : 1));
      } finally {
        database.close();
      }
    },
    writing: () => writes,
    stop() {
      Database.prototype.prepare = prepare;
      statement.run = run;
    },
  };
}

function explain(database: Database.Database, prepare: Database.Database['prepare'], sql: string): string[] {
  const statement = prepare.call(database, `EXPLAIN QUERY PLAN ${sql}`);
  // Values do not change a plan here: nothing was analysed.
  const values = Array.from({ length: countParameters(sql) }, () => null);
  return (statement.all(values) as { detail: string }[]).map(({ detail }) => detail);
}

function countParameters(sql: string): number {
  return sql.replaceAll(/'[^']*'/g, '').split('?').length - 1;
}

function isPart(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((inner) => typeof inner === 'function')
  );
}

/** The methods of the library and of its repositories, by their paths; those of classes too. */
function listCalls(library: object, path = ''): string[] {
  const own = Object.getPrototypeOf(library) as object;
  const names = new Set([
    ...Object.keys(library),
    ...(own === Object.prototype ? [] : Object.getOwnPropertyNames(own).filter((name) => name !== 'constructor')),
  ]);
  return [...names].flatMap((name) => {
    const value: unknown = Reflect.get(library, name);
    if (typeof value === 'function') return [`${path}${name}`];
    return isPart(value) ? listCalls(value, `${path}${name}.`) : [];
  });
}
