// The store: one SQLite file, written whole, read by anybody.
export { createStore, type StoreWriter } from './create-store.ts'
export { openStore, type QueryResult, type SchemaEntry, type StoreReader } from './open-store.ts'
export { SAVED_QUERIES, type SavedQuery } from './queries.ts'
export type { Cell } from './record.ts'
export { sqliteVersion } from './sqlite-version.ts'
