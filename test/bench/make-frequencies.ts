// Counts bytes, pairs of bytes and words of four bytes in logs and writes src/engine/scanner/frequencies.ts; see README.md for when to run it.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'

/** Folded bytes that differ in commonness; digits are one class, and so are controls and bytes beyond ASCII. */
const SIGNS = '0abcdefghijklmnopqrstuvwxyz !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\n'
const CONTROLS = SIGNS.length
const BEYOND = SIGNS.length + 1
const CLASSES = SIGNS.length + 2

/** One sign of a table stands for a power of two: `!` for certain, each next sign a quarter rarer. */
const FIRST_SIGN = 33
const LAST_STEP = 93
const STEPS = 4

function classOf(byte: number): number {
  const sign = String.fromCharCode(byte).toLowerCase()
  if (byte >= 0x80) return BEYOND
  const at = SIGNS.indexOf(sign >= '0' && sign <= '9' ? '0' : sign)
  return at < 0 ? CONTROLS : at
}

function toSign(share: number): string {
  return String.fromCharCode(FIRST_SIGN + Math.min(LAST_STEP, Math.round(-Math.log2(Math.max(share, 1e-9)) * STEPS)))
}

/** Words kept: the commonest. */
const WORDS = 4000

const PER_FILE = 65_536
const PER_KIND = 2 ** 20

/** First bytes of each file, by the name of the file: files of one name are one kind, and each kind weighs the same. */
function samples(paths: readonly string[]): Map<string, Buffer> {
  const kinds = new Map<string, Buffer>()
  for (const path of paths.toSorted()) {
    const before = kinds.get(basename(path)) ?? Buffer.alloc(0)
    const size = paths.filter((other) => basename(other) === basename(path)).length > 1 ? PER_FILE : PER_KIND
    if (before.length < PER_KIND)
      kinds.set(basename(path), Buffer.concat([before, readFileSync(path).subarray(0, size)]))
  }
  return kinds
}

function count(sample: Buffer, bytes: Float64Array, pairs: Float64Array): void {
  for (let at = 1; at < sample.length; at++) {
    bytes[sample[at]] += 1 / sample.length
    pairs[classOf(sample[at - 1]) * CLASSES + classOf(sample[at])] += 1 / sample.length
  }
}

/** Of four classes, by their number. */
function countWords(sample: Buffer, words: Map<number, number>): void {
  let word = 0
  for (let at = 0; at < sample.length; at++) {
    word = (word * CLASSES + classOf(sample[at])) % CLASSES ** 4
    if (at >= 3) words.set(word, (words.get(word) ?? 0) + 1 / sample.length)
  }
}

/** Its four classes as signs. */
function spelled(word: number): string {
  const classes = [3, 2, 1, 0].map((place) => Math.floor(word / CLASSES ** place) % CLASSES)
  return String.fromCharCode(...classes.map((its) => FIRST_SIGN + its))
}

function commonest(words: ReadonlyMap<number, number>, kinds: number): string {
  const sorted = [...words].sort(([one, share], [other, less]) => less - share || one - other)
  return sorted
    .slice(0, WORDS)
    .map(([word, share]) => spelled(word) + toSign(share / kinds))
    .join('')
}

function signs(counts: Float64Array, kinds: number): string {
  return [...counts].map((share) => toSign(share / kinds)).join('')
}

function literal(text: string): string {
  const lines = text.match(/.{1,96}/g) ?? []
  return lines.map((line) => `  '${line.replaceAll(/[\\']/g, '\\$&')}'`).join(' +\n')
}

const kinds = samples(process.argv.slice(2).flatMap((pattern) => globSync(pattern)))
const bytes = new Float64Array(256)
const pairs = new Float64Array(CLASSES * CLASSES)
const words = new Map<number, number>()
for (const sample of kinds.values()) {
  count(sample, bytes, pairs)
  countWords(sample, words)
}
const classes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(FIRST_SIGN + classOf(byte))).join('')
const text = `// How common bytes, pairs of bytes and words are in logs: tables written by test/bench/make-frequencies.ts, read by grams/rarity.as.ts.

/** One sign each: 256 byte values; their classes; by class of the first byte and of the second, ${CLASSES} x ${CLASSES} pairs. */
export const SIGNS =
${literal(signs(bytes, kinds.size) + classes + signs(pairs, kinds.size))}

/** The commonest words of four bytes: the classes of each, and its share. */
export const WORDS =
${literal(commonest(words, kinds.size))}
`
writeFileSync(new URL('../../src/engine/scanner/frequencies.ts', import.meta.url), text)
console.log([...kinds.keys()].join(' '), `${text.length} bytes`)
