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

/** Bytes of each part of a shape; the parts stand first. */
const PART = 64
const MARKS = 2
/** Where the rest stands, as grams/memory.as.ts has it. */
const [LENGTHS, KEY_INDEX, LEVEL_INDEX, LEFT, KEYS, LEVELS, BEGINNINGS, SIZE] = [
  576, 640, 672, 704, 1728, 2752, 4800, 9920,
]
const [COUNT, ANSWER] = [LENGTHS + 11, LENGTHS + 12]
/** Parts of what tells of a request that was answered. */
const [BEFORE, BETWEEN] = [7, 8]
const STATUSES = 1000
const [MOST_KEYS, MOST_LEVELS, MOST_BEGINNINGS] = [31, 63, 32]
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
  const area = new Uint8Array(grams.memory.buffer, grams.wrapping(), SIZE)
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

function writeShape(area: Uint8Array, shape: WrapShape): void {
  const { before, after, marks, sign, request, phrase } = shape
  const [mark = new Uint8Array(), other = new Uint8Array()] = marks.map((one) => one.mark)
  if (marks.length > MARKS) throw tooLong(`lines have ${marks.length} writers, not up to ${MARKS}`)
  const parts = [before, after, mark, other, sign, request, phrase]
  for (const [index, part] of parts.entries()) writePart(area, index, part)
  const { first, zones, written, leastTime } = shape
  const flags = [first === 'time', zones === 'utc', written === 'escaped'].map(Number)
  const lengths = [before, after, mark, other, sign].map(({ length }) => length)
  area.set([...lengths, leastTime, ...flags, request.length, phrase.length], LENGTHS)
  for (let status = 0; status < STATUSES; status++) area[LEFT + status] = shape.isLeft(status) ? 1 : 0
  const keys = [...shape.keys].map(([word, role]) => [word, ROLES[role]] as const)
  writeWords(area, keys, { index: KEY_INDEX, entries: KEYS, most: MOST_KEYS })
  writeWords(area, [...shape.levels], { index: LEVEL_INDEX, entries: LEVELS, most: MOST_LEVELS })
}

function writePart(area: Uint8Array, index: number, part: Uint8Array): void {
  if (part.length >= PART) throw tooLong(`a part has ${part.length} bytes, not less than ${PART}`)
  area.set(part, index * PART)
}

function writeAnswer(area: Uint8Array, answer: AnswerShape | null): void {
  const [before, between] = [answer?.before ?? new Uint8Array(), answer?.between ?? new Uint8Array()]
  writePart(area, BEFORE, before)
  writePart(area, BETWEEN, between)
  area.set([before.length, answer?.inside ?? 0, between.length], ANSWER)
}

/** In the order of their lengths, behind an entry that is none. */
function writeWords(
  area: Uint8Array,
  words: readonly (readonly [string, number])[],
  { index, entries, most }: { readonly index: number; readonly entries: number; readonly most: number },
): void {
  if (words.length > most) throw tooLong(`a table has ${words.length} words, not up to ${most}`)
  area.fill(0, index, index + WORD)
  area.fill(0, entries, entries + (most + 1) * WORD)
  const sorted = [...words].sort(([one], [other]) => one.length - other.length)
  for (const [at, [word, meaning]] of sorted.entries()) {
    const bytes = Buffer.from(word)
    if (bytes.length > WORD - 3) throw tooLong(`a word has ${bytes.length} bytes, not up to ${WORD - 3}`)
    const entry = entries + (at + 1) * WORD
    area[entry] = meaning
    area.set(bytes, entry + 1)
    area[entry + WORD - 1] = bytes.length
    if (area[index + bytes.length] === 0) area[index + bytes.length] = at + 1
  }
}

function writeBeginnings(area: Uint8Array, beginnings: readonly MessageBeginning[]): void {
  if (beginnings.length > MOST_BEGINNINGS)
    throw tooLong(`there are ${beginnings.length} beginnings, not up to ${MOST_BEGINNINGS}`)
  area[COUNT] = beginnings.length
  for (const [at, { bytes, isSure, isBare }] of beginnings.entries()) {
    if (bytes.length === 0 || bytes.length > BEGINNING - TEXT)
      throw tooLong(`a beginning has ${bytes.length} bytes, not 1 to ${BEGINNING - TEXT}`)
    const entry = BEGINNINGS + at * BEGINNING
    area.set([bytes.length, Number(isSure), Number(isBare)], entry)
    area.set(
      bytes.map((byte) => (byte >= 48 && byte <= 57 ? 48 : byte)),
      entry + TEXT,
    )
  }
}

function tooLong(sentence: string): FaultlineError {
  return new FaultlineError('shape-too-long', sentence)
}
