// The store: one SQLite file, written whole, read by anybody.
export { createStore, type StoreWriter } from './create-store.ts'
export { openStore, type QueryResult, type SchemaEntry, type StoreReader } from './open-store.ts'
export type { Cell } from './record.ts'
