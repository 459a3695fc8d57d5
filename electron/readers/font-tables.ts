export type FontTables = ReadonlyMap<string, Uint8Array>;
