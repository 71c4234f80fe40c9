// By which road a log is read: its records are told by its lines, or by what its head shows it to be.
import type { ByteReader } from '../../model/index.ts'
import type { Log } from '../log.ts'
import { readCandidates } from './candidates.ts'
import { readEveryLine } from './every-line.ts'
import { isFramed, readFrames } from './frames.ts'
import { isJournalExport, readJournalExport } from './journal-export.ts'
import { isJsonItems, readJsonItems } from './json-items.ts'
import { keeper } from './keep.ts'
import type { Start } from './start.ts'
import { readWrappedLines } from './wrapped-lines.ts'

export interface LogRoad {
  /** Parts of the log can be read by themselves; else all of it is read from its beginning. */
  readonly isParted: boolean
  /** @returns the number of the line behind what was read, of a log in parts */
  read(bytes: ByteReader, start: Start): Promise<number>
}

/** Of sources whose records are not told by their lines. */
const OWN_ROADS = [
  { is: isJournalExport, read: readJournalExport },
  { is: isJsonItems, read: readJsonItems },
  { is: isFramed, read: readFrames },
]

export function roadOf(log: Log): LogRoad {
  const { head, scanner } = log.options
  const { wrapper, sequential, heeds } = log.known
  const own = OWN_ROADS.find(({ is }) => is(head))
  if (own !== undefined) return whole((bytes) => own.read(bytes, log))
  if (scanner !== null && wrapper !== null) return whole((bytes) => readWrappedLines(bytes, log, scanner))
  if (scanner === null || sequential) return whole((bytes) => readEveryLine(bytes, log, keeper(log, scanner)))
  return { isParted: heeds === null, read: (bytes, start) => readCandidates(bytes, log, scanner, start) }
}

function whole(read: (bytes: ByteReader) => Promise<void>): LogRoad {
  return { isParted: false, read: (bytes) => read(bytes).then(() => 1) }
}
