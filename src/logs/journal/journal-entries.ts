// The entries of a journal file: those that a rule may ask for are read with what goes on with them, all others are counted.
import type { RecordLines } from '../assemble.ts'
import { journaldBinary } from '../formats/journald.ts'
import { readEntry, severityIn, stampOf } from '../formats/journald-entry.ts'
import { asOneProgram } from '../formats/one-program.ts'
import { type Line, withoutColours } from '../line.ts'
import type { Log } from '../log.ts'
import { EntryFold } from '../road/entry-fold.ts'
import { mayGoOn } from '../traces.ts'
import { DATA, readEntryObject, readValue, usesOf } from './objects.ts'
import type { JournalObject } from './read-objects.ts'
import { Values } from './values.ts'

const SIGN = 61
/** The time that the entry's own object states, as the export form names it. */
const TIME = '__REALTIME_TIMESTAMP'
const PLACE = { start: 0, end: 0 }

/** `NAME=text` of a data object. Entries share most of their values, so what one says is found out once. */
interface Value {
  readonly name: string
  readonly text: string
  /** Whether a rule may ask for it. */
  readonly isWanted: boolean
}

interface Entry {
  readonly number: number
  readonly offset: number
  /** Of its object; valid until `hold`, which copies them. */
  readonly bytes: Buffer
  /** Microseconds since 1970. */
  readonly realtime: number
  readonly values: readonly Value[]
}

export class JournalEntries {
  readonly #log: Log
  readonly #compact: boolean
  readonly #values = new Values<Value>()
  readonly #fold: EntryFold
  /** What was read last where nobody asks for it, unless the next goes on with it. */
  #waiting: Entry | null = null
  /** Entries met. */
  count = 0

  constructor(log: Log, compact: boolean) {
    this.#log = log
    this.#compact = compact
    this.#fold = new EntryFold(log, shown)
  }

  /** @param object valid for the call */
  take({ type, offset, bytes }: JournalObject): void {
    if (type === DATA) this.keep(offset, readValue(bytes, this.#compact), usesOf(bytes))
    else this.#entry(offset, bytes)
  }

  keep(offset: number, value: Uint8Array | null, uses: number): void {
    if (value === null)
      this.#log.notice('record-damaged', offset, 'A value of the journal could not be unpacked and is left out.')
    else {
      const sign = value.indexOf(SIGN)
      if (sign > 0) this.#values.add(offset, this.#valueOf(value, sign), { size: value.length, uses })
    }
  }

  /** To be called before the bytes of the objects taken change. */
  hold(): void {
    if (this.#waiting !== null) this.#waiting = { ...this.#waiting, bytes: Buffer.from(this.#waiting.bytes) }
  }

  end(): void {
    this.#countWaiting()
    this.#fold.end()
  }

  #valueOf(value: Uint8Array, sign: number): Value {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.length)
    const { scanner } = this.#log.options
    return {
      name: bytes.toString('latin1', 0, sign),
      text: bytes.toString('utf8', sign + 1),
      isWanted: scanner === null || scanner.find(bytes, 0, bytes.length) >= 0,
    }
  }

  #entry(offset: number, bytes: Buffer): void {
    this.count++
    const read = readEntryObject(bytes, this.#compact)
    if (read === null) return
    const values: Value[] = []
    let isWanted = false
    for (const item of read.items) {
      const value = this.#values.use(item)
      if (value === null) continue
      values.push(value)
      isWanted ||= value.isWanted
    }
    const entry = { number: this.count, offset, bytes, realtime: read.realtime, values }
    if (mayGoOn(withoutColours(textOf(entry, 'MESSAGE') ?? ''))) {
      if (this.#waiting !== null) this.#fold.take(linesOf(this.#waiting), false)
      this.#waiting = null
    } else this.end()
    if (isWanted || this.#fold.isOpen) this.#fold.take(linesOf(entry), isWanted)
    else this.#waiting = entry
  }

  /** By what its fields say. */
  #countWaiting(): void {
    if (this.#waiting === null) return
    const entry = this.#waiting
    const { severity, otherwise } = severityIn(textOf(entry, 'PRIORITY') ?? '', textOf(entry, '_TRANSPORT'))
    const timed = this.#log.time(stampOf(entry.realtime, PLACE))
    this.#log.count({ name: journaldBinary.name, timed, severity: severity ?? otherwise, lines: 1 })
    this.#waiting = null
  }
}

/** Of a repeated name the first counts. */
function textOf({ values }: Entry, name: string): string | undefined {
  return values.find((value) => value.name === name)?.text
}

function linesOf({ number, offset, bytes, realtime, values }: Entry): RecordLines {
  const fields = new Map([[TIME, String(realtime)]])
  for (const { name, text } of values) if (!fields.has(name)) fields.set(name, text)
  const reading = asOneProgram(readEntry(fields, PLACE))
  const { program, pid, host, body } = reading
  const raw = bytes.toString('latin1')
  const { length } = raw
  const line = { number, offset, length, raw, text: body, ending: '', invalid: false, digest: null } satisfies Line
  const who = pid === null ? program : `${program}[${pid}]`
  return { format: journaldBinary, reading, lines: [line], excerpt: `${host ?? ''} ${who ?? ''}: ${body}`.trim() }
}

/** Other objects lie between entries: the place is that of the first, and what the others say is shown with it. */
function shown(first: RecordLines, joined: readonly RecordLines[]): RecordLines {
  const others = joined.map(({ reading }) => `\n${reading.body}`).join('')
  const reading = { ...first.reading, body: first.reading.body + others }
  return { ...first, reading, excerpt: first.excerpt + others, joined }
}
