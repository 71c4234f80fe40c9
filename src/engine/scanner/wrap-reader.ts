// Reads lines that wrap messages of others, in the module's memory, in positions of the text.
import {
  type AnswerShape,
  FaultlineError,
  type KeyRole,
  type LearnedMessages,
  type LineKernels,
  type MessageBeginning,
  WRAP_ROW,
  type WrapShape,
} from '../../model/index.ts'
import type { GramsModule } from './grams-module.ts'

/** Bytes of each part of a shape. */
const PART = 64
const MARKS = 2
/** Behind the lengths of a shape: how many beginnings there are, and the lengths of an answer. */
const [COUNT, ANSWER] = [11, 12]
/** Parts of what tells of a request that was answered. */
const [BEFORE, BETWEEN] = [7, 8]
const STATUSES = 1000
const MOST_BEGINNINGS = 32
/** Bytes of a word with what it means and its length. */
const WORD = 32
/** Bytes of a beginning, and where its text stands. */
const [BEGINNING, TEXT] = [160, 16]

/** The numbers of the roles in grams/objects.as.ts. */
const ROLES: Readonly<Record<KeyRole, number>> = { level: 1, spoken: 2, 'spoken-else': 3, request: 4, foreign: 5 }

/**
 * @param results where rows are written to
 * @param base where the text begins in the memory
 */
export function wrapReader(grams: GramsModule, results: Uint32Array, base: number): LineKernels['wraps'] {
  const area = areaOf(grams)
  const room = results.length / WRAP_ROW.length
  let known: WrapShape | null = null
  let last: LearnedMessages | null = null
  return ({ from, to, most }, shape, learned) => {
    if (shape !== known) writeShape(area, shape)
    if (shape !== known || learned !== last) {
      writeBeginnings(area, learned.beginnings)
      writeAnswer(area, learned.answer)
    }
    known = shape
    last = learned
    const rows = grams.wraps(base + from, base + to, results.byteOffset, Math.min(room, most), base)
    return results.subarray(0, rows * WRAP_ROW.length)
  }
}

/** The module's memory, and where in it is told how lines are made. */
interface Area {
  readonly bytes: Uint8Array
  readonly parts: number
  readonly lengths: number
  readonly left: number
  readonly keys: Words
  readonly levels: Words
  readonly beginnings: number
}

/** By a word's length the number of the first, and the words. */
interface Words {
  readonly index: number
  readonly entries: number
  readonly most: number
}

function areaOf(grams: GramsModule): Area {
  return {
    bytes: new Uint8Array(grams.memory.buffer),
    parts: grams.WRAP_BEFORE.value,
    lengths: grams.WRAP_LENGTHS.value,
    left: grams.REQUEST_LEFT.value,
    keys: { index: grams.KEY_INDEX.value, entries: grams.KEY_ENTRIES.value, most: 31 },
    levels: { index: grams.LEVEL_INDEX.value, entries: grams.LEVEL_ENTRIES.value, most: 63 },
    beginnings: grams.BEGINNINGS.value,
  }
}

function writeShape(area: Area, shape: WrapShape): void {
  const { before, after, marks, sign, request, phrase } = shape
  const [mark = new Uint8Array(), other = new Uint8Array()] = marks.map((one) => one.mark)
  if (marks.length > MARKS) throw tooLong(`lines have ${marks.length} writers, not up to ${MARKS}`)
  const parts = [before, after, mark, other, sign, request, phrase]
  for (const [index, part] of parts.entries()) writePart(area, index, part)
  const { first, zones, written, leastTime } = shape
  const flags = [first === 'time', zones === 'utc', written === 'escaped'].map(Number)
  const lengths = [before, after, mark, other, sign].map(({ length }) => length)
  const { bytes, left, keys, levels } = area
  bytes.set([...lengths, leastTime, ...flags, request.length, phrase.length], area.lengths)
  for (let status = 0; status < STATUSES; status++) bytes[left + status] = shape.isLeft(status) ? 1 : 0
  const roles = [...shape.keys].map(([word, role]) => [word, ROLES[role]] as const)
  writeWords(bytes, roles, keys)
  writeWords(bytes, [...shape.levels], levels)
}

function writePart({ bytes, parts }: Area, index: number, part: Uint8Array): void {
  if (part.length >= PART) throw tooLong(`a part has ${part.length} bytes, not less than ${PART}`)
  bytes.set(part, parts + index * PART)
}

function writeAnswer(area: Area, answer: AnswerShape | null): void {
  const [before, between] = [answer?.before ?? new Uint8Array(), answer?.between ?? new Uint8Array()]
  writePart(area, BEFORE, before)
  writePart(area, BETWEEN, between)
  area.bytes.set([before.length, answer?.inside ?? 0, between.length], area.lengths + ANSWER)
}

/** In the order of their lengths, behind an entry that is none. */
function writeWords(
  memory: Uint8Array,
  words: readonly (readonly [string, number])[],
  { index, entries, most }: Words,
): void {
  if (words.length > most) throw tooLong(`a table has ${words.length} words, not up to ${most}`)
  memory.fill(0, index, index + WORD)
  memory.fill(0, entries, entries + (most + 1) * WORD)
  const sorted = [...words].sort(([one], [other]) => one.length - other.length)
  for (const [at, [word, meaning]] of sorted.entries()) {
    const bytes = Buffer.from(word)
    if (bytes.length > WORD - 3) throw tooLong(`a word has ${bytes.length} bytes, not up to ${WORD - 3}`)
    const entry = entries + (at + 1) * WORD
    memory[entry] = meaning
    memory.set(bytes, entry + 1)
    memory[entry + WORD - 1] = bytes.length
    if (memory[index + bytes.length] === 0) memory[index + bytes.length] = at + 1
  }
}

function writeBeginnings(
  { bytes: memory, lengths, beginnings: place }: Area,
  beginnings: readonly MessageBeginning[],
): void {
  if (beginnings.length > MOST_BEGINNINGS)
    throw tooLong(`there are ${beginnings.length} beginnings, not up to ${MOST_BEGINNINGS}`)
  memory[lengths + COUNT] = beginnings.length
  for (const [at, { bytes, isSure, isBare }] of beginnings.entries()) {
    if (bytes.length === 0 || bytes.length > BEGINNING - TEXT)
      throw tooLong(`a beginning has ${bytes.length} bytes, not 1 to ${BEGINNING - TEXT}`)
    const entry = place + at * BEGINNING
    memory.set([bytes.length, Number(isSure), Number(isBare)], entry)
    memory.set(
      bytes.map((byte) => (byte >= 48 && byte <= 57 ? 48 : byte)),
      entry + TEXT,
    )
  }
}

function tooLong(sentence: string): FaultlineError {
  return new FaultlineError('shape-too-long', sentence)
}
