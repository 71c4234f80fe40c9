// Requests that an application says it answered, in lines that are only counted: found by their sign, many of them by their bytes.
import type { Instant, LineKernels, PairShape, RequestCounts } from '../../model/index.ts'
import type { Measured } from '../format.ts'
import type { Log } from '../log.ts'
import { isFailing } from '../repeats.ts'
import { type Telling, toldIn } from '../told/telling.ts'
import { answerShapeIn, STATUS_CODE } from './answer-shape.ts'
import { countRequest, countRequests } from './count-request.ts'
import { lineOf, type Stretch } from './stretch.ts'

const NOTHING = Buffer.alloc(0)

export class AnsweredRequests {
  readonly #counts: RequestCounts
  readonly #newline: 10 | 13
  readonly #telling: Telling | null
  readonly #sign: Buffer
  readonly #kernels: LineKernels | null
  /** Where status and duration stand in lines like the last that was read. */
  #shape: PairShape

  /** @param kernels pass over the memory where lines lie; null where there are none */
  constructor({ known, tally }: Log, kernels: LineKernels | null) {
    this.#kernels = kernels
    this.#counts = tally.applications
    this.#newline = known.newline
    this.#telling = known.telling
    this.#sign = Buffer.from(known.telling?.sign ?? '', 'latin1')
    this.#shape = { sign: this.#sign, before: NOTHING, inside: 0, between: NOTHING }
  }

  /** The request of a line; null where it tells of none. */
  of(line: Stretch): Measured | null {
    if (this.#telling === null) return null
    const [first = line.from, status = 0, duration = 0, next] =
      this.#kernels?.pairs(line.from, line.to, this.#shape) ?? []
    if (next !== undefined && next >= line.to) return { status, duration }
    return first >= line.to ? null : this.#read(line, this.#telling)
  }

  /** A line like those of servers either tells of a request of theirs or is read as a whole. */
  #read(line: Stretch, telling: Telling): Measured | null {
    const { text } = lineOf(line, this.#newline)
    return text.includes('HTTP/') ? null : toldIn(text, telling)
  }

  #learn(line: Stretch): void {
    const shape = answerShapeIn(line.bytes.toString('latin1', line.from, line.to))
    if (shape !== null) this.#shape = { sign: this.#sign, ...shape }
  }

  /** Counts the requests of whole lines that share their time; gives where the line of one that failed begins, else the end. */
  countRun(lines: Stretch, time: Instant | null): number {
    const kernels = this.#kernels
    if (this.#telling === null || kernels === null) return lines.to
    for (let at = lines.from; at < lines.to; ) {
      const pairs = kernels.pairs(at, lines.to, this.#shape)
      const stop = this.#countPairs(pairs, lines, kernels, time)
      if (stop >= lines.to) break
      const line = this.#lineAt(stop, at, lines)
      const request = this.#read(line, this.#telling)
      if (request !== null && isFailing(request.status)) return line.from
      if (request !== null) {
        const counted = time !== null && this.#counts.isWitnessed(time) ? line : numbered(line, lines, kernels)
        countRequest(this.#counts, request, { line: counted, time, newline: this.#newline })
      }
      if (this.#telling.sign === STATUS_CODE) this.#learn(line)
      at = line.to + 1
    }
    return lines.to
  }

  /** Gives the place of the first sign that has to be looked at. */
  #countPairs(pairs: Uint32Array, lines: Stretch, kernels: LineKernels, time: Instant | null): number {
    let end = 0
    while (end + 2 < pairs.length && !isFailing(pairs[end + 1])) end += 3
    const first = () => numbered(this.#lineAt(pairs[0] ?? 0, lines.from, lines), lines, kernels)
    countRequests(this.#counts, pairs.subarray(0, end), { first, time, newline: this.#newline })
    return pairs[end] ?? lines.to
  }

  /** The line of a place in others, not before `floor`. */
  #lineAt(place: number, floor: number, { bytes, to, number, base }: Stretch): Stretch {
    const from = Math.max(floor, bytes.lastIndexOf(this.#newline, place) + 1)
    const end = bytes.indexOf(this.#newline, place)
    return { bytes, base, from, to: end < 0 || end > to ? to : end, number }
  }
}

/** One of some lines with its own number: only what is kept needs it. */
function numbered(line: Stretch, { from, number }: Stretch, kernels: LineKernels): Stretch {
  return { ...line, number: number + kernels.countLines(from, line.from) }
}
