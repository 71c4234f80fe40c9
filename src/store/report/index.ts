// Reads the report of one bundle from the tables, so that what it says and what SQL answers cannot disagree.
import type { Database } from 'better-sqlite3'
import type { Report } from '../../model/index.ts'
import { findBundle, readAnalysis } from './analysis.ts'
import { readConnections } from './connections.ts'
import { readProvenance } from './provenance.ts'
import { readRequests } from './requests.ts'
import { readFirstStack } from './stack.ts'
import { readVersions } from './versions.ts'

/**
 * @param sha256 of the bundle, or its beginning; null for the last one analysed
 * @throws FaultlineError `no-such-bundle`, `bad-store`
 */
export function readReport(db: Database, sha256: string | null): Report {
  const bundle = findBundle(db, sha256)
  const analysis = readAnalysis(db, bundle)
  return {
    analysis,
    requests: readRequests(db, bundle),
    firstStack: readFirstStack(db, bundle),
    connections: readConnections(db, bundle, analysis.conclusion.findings),
    provenance: readProvenance(bundle, analysis.conclusion.findings),
    versions: readVersions(db, bundle),
  }
}

/** The report of the last bundle without what only its full text shows. */
export function readSummary(db: Database): Report {
  const analysis = readAnalysis(db, findBundle(db, null))
  return { analysis, requests: [], firstStack: null, connections: [], provenance: [], versions: [] }
}
