import type { RepositoryContext } from './repository-context.ts';

/** Small facts of a library that belong to no aggregate, as JSON by name. */
export type SettingRepository = {
  /** Null when it was never set. */
  get(name: string): unknown;
  set(name: string, value: unknown): void;
};

export function createSettingRepository({ database }: RepositoryContext): SettingRepository {
  return {
    get: (name) => {
      const text = database.value('SELECT value FROM settings WHERE name = ?', name);
      return typeof text === 'string' ? JSON.parse(text) : null;
    },
    set: (name, value) => {
      database.write(() =>
        database.run(
          'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
          name,
          JSON.stringify(value),
        ),
      );
    },
  };
}
