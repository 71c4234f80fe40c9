// Folds entries of a journal as lines of syslog are: what one program goes on with at once is one record.
import { RECORD_BYTES, RECORD_LINES, type RecordLines } from '../assemble.ts'
import type { Log } from '../log.ts'

/** The record that an entry is with those which go on with it. */
export type Folded = (first: RecordLines, joined: readonly RecordLines[]) => RecordLines

export class EntryFold {
  readonly #log: Log
  readonly #folded: Folded
  #entries: RecordLines[] = []
  #bytes = 0
  #isWanted = false

  constructor(log: Log, folded: Folded) {
    this.#log = log
    this.#folded = folded
  }

  get isOpen(): boolean {
    return this.#entries.length > 0
  }

  /**
   * @param isWanted whether a rule may ask for the entry, and so for all it is part of
   * @returns whether a record begins with it
   */
  take(entry: RecordLines, isWanted: boolean): boolean {
    if (!this.#joins(entry)) this.end()
    this.#entries.push(entry)
    this.#bytes += entry.lines[0]?.length ?? 0
    this.#isWanted ||= isWanted
    return this.#entries.length === 1
  }

  end(): void {
    const [first, ...joined] = this.#entries
    if (first === undefined) return
    if (this.#isWanted) this.#log.record(joined.length === 0 ? first : this.#folded(first, joined))
    else for (const one of this.#entries) countEntry(this.#log, one)
    this.#entries = []
    this.#bytes = 0
    this.#isWanted = false
  }

  #joins({ format, reading }: RecordLines): boolean {
    const first = this.#entries[0]?.reading
    const said = this.#entries.at(-1)?.reading.body
    const { length } = this.#entries
    if (first === undefined || said === undefined || this.#log.options.apart === true) return false
    if (length >= RECORD_LINES || this.#bytes > RECORD_BYTES) return false
    return reading.joins?.({ format: format.name, reading: first, last: said, said, lines: length }) ?? false
  }
}

/** Counts an entry that nobody looks at by what its fields say. */
export function countEntry(log: Log, { format, reading }: Pick<RecordLines, 'format' | 'reading'>): void {
  const timed = log.time(reading.stamp)
  log.count({ name: format.name, timed, severity: reading.severity ?? reading.otherwise, lines: 1 })
}
