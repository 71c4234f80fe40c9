// The versions of components that the bundle speaks of, from the facts `component`.
import type { Database } from 'better-sqlite3'
import type { Report } from '../../model/index.ts'
import { allRows, text } from '../record.ts'

const COMPONENTS = `SELECT DISTINCT attributes_json ->> 'name' AS name,
  CAST(attributes_json ->> 'version' AS TEXT) AS version, path
  FROM events JOIN sources ON sources.id = source_id
  WHERE bundle_id = ? AND kind = 'component' AND attributes_json ->> 'name' IS NOT NULL
    AND attributes_json ->> 'version' IS NOT NULL
  ORDER BY name, version, path`

export function readVersions(db: Database, bundle: number): Report['versions'] {
  return allRows(db, COMPONENTS, bundle).map((row) => ({
    name: text(row, 'name'),
    version: text(row, 'version'),
    source: text(row, 'path'),
  }))
}
