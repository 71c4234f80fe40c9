// Folds lines into records: a header with what follows it, a stack trace with its error, a detail with its message.
import type { LogFormat, Opened } from './format.ts'
import type { Line } from './line.ts'
import { isWithinObject } from './open-object.ts'
import type { OpenRecord, Reading } from './reading.ts'
import type { Recognised } from './recognise.ts'
import { continues } from './traces.ts'

/** A line further from the first of its record than this stands for itself. */
export const RECORD_LINES = 2000
export const RECORD_BYTES = 1 << 18

export interface RecordLines {
  readonly format: LogFormat
  readonly reading: Reading
  /** Lines that count as records of their own though they are part of this one. */
  readonly joined?: readonly RecordLines[]
  /** All lines from the first to the last that is not empty. */
  readonly lines: readonly Line[]
  /** Those and the lines of others between them, where several wrote at the same time. */
  readonly span?: readonly Line[]
  /** Where one `Line` holds a whole record of several lines: the number of the last. */
  readonly lineEnd?: number
  /** What is quoted where the bytes are no text. */
  readonly excerpt?: string
}

interface Open {
  readonly format: LogFormat
  readonly reading: Reading
  readonly lines: Line[]
  readonly joined: RecordLines[]
  /** Empty lines that count only if more of the record follows. */
  blanks: Line[]
  view: OpenRecord
}

export interface Answer extends Opened {
  readonly reading: Reading
}

/** What the formats make of a line. */
interface Heard {
  readonly text: string
  readonly answer: Answer | null
  /** Theirs if it belongs to a record of theirs: they leave the line to the others as well. */
  readonly weak: readonly Answer[]
}

const NONE: readonly Answer[] = []

function ask({ asked }: Recognised, text: string): Heard {
  let weak = NONE
  for (const one of asked(text)) {
    const reading = one.read(text)
    if (reading === null) continue
    const answer = { ...one, reading }
    if (!reading.weak) return { text, answer, weak }
    weak = [...weak, answer]
  }
  return { text, answer: null, weak }
}

export class Assembler {
  readonly #known: Recognised
  readonly #apart: boolean
  #open: Open | null = null
  /** The last line: it is asked for when looking for a record's start, and again when reading it. */
  #last: Heard | null = null

  /** @param apart lines that count as records of their own join none */
  constructor(known: Recognised, apart = false) {
    this.#known = known
    this.#apart = apart
  }

  /** What the formats make of a line by itself; null where none but `plain` reads it. */
  read(text: string): Answer | null {
    const { answer, weak } = this.#hear(text)
    return answer ?? weak[0] ?? null
  }

  #hear(text: string): Heard {
    if (this.#last?.text !== text) this.#last = ask(this.#known, text)
    return this.#last
  }

  /** A weak answer counts before all others, but only where it joins the open record. */
  #answer(text: string): Answer | null {
    const { answer, weak } = this.#hear(text)
    if (weak.length === 0) return answer
    const view = this.#open?.view
    return weak.find(({ reading }) => view !== undefined && reading.joins?.(view) === true) ?? answer
  }

  /** Whether a record begins at this line whatever stands before it. */
  begins(text: string): boolean {
    const { answer, weak } = this.#hear(text)
    return answer !== null && weak.length === 0 && answer.reading.joins === null
  }

  /** Takes the next line; gives the record before it, if this line ends that. */
  take(line: Line): RecordLines | null {
    const open = this.#open
    if (isBlank(line.text)) {
      open?.blanks.push(line)
      return null
    }
    const answer = this.#answer(line.text)
    const isApart = this.#apart && answer?.format.countsEach === true
    if (open !== null && !isApart && fits(open, line) && belongs(open, line, answer)) {
      // A line joined by its format has a header of its own: only its message goes on with the record's.
      const joined = answer !== null && answer.reading.joins !== null ? answer.reading : null
      if (joined !== null && open.format.countsEach === true)
        open.joined.push({ format: open.format, reading: joined, lines: [line] })
      const said = joined?.body ?? line.text
      open.lines.push(...open.blanks, open.format.rereads === true ? line : { ...line, text: said })
      open.blanks = []
      open.view = { ...open.view, last: line.text, said, lines: open.lines.length }
      return null
    }
    const { format, read } = this.#known.plain
    const reading = answer?.reading ?? read(line.text)
    const name = answer?.format ?? format
    if (reading === null) return null
    const view = { format: name.name, reading, last: line.text, said: reading.body, lines: 1 }
    this.#open = { format: name, reading, lines: [line], joined: [], blanks: [], view }
    return open === null ? null : closed(open)
  }

  /** Number of the line with which the open record begins; null where none is open. */
  get start(): number | null {
    return this.#open?.lines[0]?.number ?? null
  }

  /** The record still open. */
  end(): RecordLines | null {
    const open = this.#open
    this.#open = null
    return open === null ? null : closed(open)
  }
}

export function isBlank(text: string): boolean {
  return (text.charCodeAt(0) <= 32 && text.trim() === '') || text === ''
}

function fits(open: Open, line: Line): boolean {
  const first = open.lines[0]
  if (first === undefined || line.number - first.number >= RECORD_LINES) return false
  return line.offset + line.length - first.offset <= RECORD_BYTES
}

function belongs(open: Open, line: Line, answer: Answer | null): boolean {
  if (open.blanks.length === 0 && isWithinObject(open.view.last, line.text, open.format.frame)) return true
  if (answer !== null) return answer.reading.joins?.(open.view) ?? false
  return open.format.frame === 'header' || continues(open.view.last, line.text)
}

function closed(open: Open): RecordLines {
  const { format, reading, lines, joined } = open
  return joined.length === 0 ? { format, reading, lines } : { format, reading, lines, joined }
}
