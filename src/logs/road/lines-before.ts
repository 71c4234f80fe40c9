// Looks back from a line at those before it, which were only counted: whether it goes on with the record they belong to.
import { Assembler, isBlank } from '../assemble.ts'
import type { Line } from '../line.ts'
import type { Recognised } from '../recognise.ts'
import { continues } from '../traces.ts'
import { lineOf, type Stretch } from './stretch.ts'

/** Lines among which the first of a record is looked for. */
const LONGEST_WAY = 64

/** Whether a line goes on with the one before that is not blank, if that is still at hand. */
export function continuesBefore(stretch: Stretch, text: string, known: Recognised): boolean {
  for (const before of linesBefore(stretch, known)) if (!isBlank(before.text)) return continues(before.text, text)
  return false
}

/** Whether a line with a header of its own goes on with the record before it, if that is still at hand. */
export function joinsBefore(stretch: Stretch, line: Line, known: Recognised): boolean {
  const assembler = new Assembler(known)
  const lines: Line[] = [line]
  for (const before of linesBefore(stretch, known)) {
    lines.unshift(before)
    const answer = assembler.read(before.text)
    if ((answer !== null && answer.reading.joins === null) || lines.length > LONGEST_WAY) break
  }
  return lines.length > 1 && lines.map((one) => assembler.take(one)).every((ended) => ended === null)
}

/** The lines before a stretch, the nearest first. */
function* linesBefore({ bytes, from, base }: Stretch, { newline }: Recognised): Generator<Line> {
  for (let to = from - 1; to > 0; ) {
    const start = bytes.lastIndexOf(newline, to - 1) + 1
    yield lineOf({ bytes, from: start, to, number: 0, base }, newline)
    to = start - 1
  }
}
