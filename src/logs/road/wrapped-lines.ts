// The road of lines that wrap those of others: lines that begin and end a record are counted by their bytes, the others are read.
import { type ByteReader, type Scanner, WRAP_ROW } from '../../model/index.ts'
import { RECORD_BYTES } from '../assemble.ts'
import type { Log } from '../log.ts'
import { Untangler } from '../untangle.ts'
import { keeper } from './keep.ts'
import { Messages } from './messages.ts'
import { Survey } from './survey.ts'
import { Window } from './window.ts'
import { Counter } from './wrapped-counter.ts'

export async function readWrappedLines(bytes: ByteReader, log: Log, scanner: Scanner): Promise<void> {
  const window = new Window(bytes, scanner, log.known.newline, 0)
  const road = new Road(log, scanner, window)
  for (let keep = 0; ; ) {
    await window.advance(keep)
    if (window.whole === 0 && !window.ended) {
      await road.longLine()
      keep = 0
      continue
    }
    keep = road.walk()
    if (window.ended && keep >= window.whole) break
  }
  road.end()
  log.bytes += window.base + window.filled
}

class Road {
  readonly #window: Window
  readonly #survey: Survey
  readonly #counter: Counter
  readonly #untangler: Untangler
  #number = 1

  constructor(log: Log, scanner: Scanner, window: Window) {
    this.#window = window
    const { wrapper, plain, telling } = log.known
    const messages = new Messages(wrapper ?? plain.format, telling)
    this.#survey = new Survey(log.known, { scanner, kernels: window.kernels }, messages)
    this.#counter = new Counter(log, messages)
    const keep = keeper(log, scanner)
    this.#untangler = new Untangler(log.known, (record) => {
      this.#counter.forget()
      keep(record)
    })
  }

  async longLine(): Promise<void> {
    this.#counter.flush()
    this.#untangler.take(await this.#window.longLine(this.#number))
    this.#number++
  }

  /** Reads all lines of the window to which no line behind it can belong; gives the index from which the next must begin. */
  walk(): number {
    const { whole, filled, ended, bytes } = this.#window
    const last = ended ? whole : Math.min(whole, filled - RECORD_BYTES)
    let at = 0
    while (at < last) {
      const count = this.#survey.take(bytes, { from: at, last, whole })
      for (let index = 0; index < count; index++) {
        const from = this.#survey.lines.from(index)
        if (this.#survey.isToBeRead(index)) this.#read(index, from)
        else this.#count(index, from)
        this.#number++
      }
      at = this.#survey.settle(count)
    }
    this.#counter.flush()
    this.#counter.settle(bytes)
    return at
  }

  end(): void {
    this.#counter.flush()
    this.#untangler.end()
  }

  #read(index: number, from: number): void {
    this.#counter.flush()
    const line = this.#window.line(from, this.#number)
    this.#untangler.take(line)
    this.#counter.study(line)
    if (this.#survey.isLast(index)) this.#untangler.ends(this.#survey.writer(index), line)
  }

  #count(index: number, from: number): void {
    const [number, offset] = [this.#number, this.#window.base + from]
    const stretch = {
      bytes: this.#window.bytes,
      from,
      to: this.#survey.lines.to(index),
      number,
      base: this.#window.base,
    }
    const writer = this.#survey.writer(index)
    if (this.#untangler.idle || this.#untangler.ends(writer, { number, offset })) {
      if (this.#survey.lines.hasRow(index))
        this.#counter.takeRow(stretch, this.#survey.lines.rows, index * WRAP_ROW.length)
      else this.#counter.take(stretch)
    } else {
      const line = this.#window.line(from, number)
      const told = this.#counter.told(stretch)
      this.#untangler.pass(line, () => (told === null ? this.#counter.whole(line) : this.#counter.one(line, told)))
    }
  }
}
