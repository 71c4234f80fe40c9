// Counts bytes and pairs of bytes in logs and writes src/engine/scanner/frequencies.ts; see README.md for when to run it.
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
for (const sample of kinds.values()) count(sample, bytes, pairs)
const classes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(FIRST_SIGN + classOf(byte))).join('')
const text = `// How common bytes and pairs of bytes are in logs: tables written by test/bench/make-frequencies.ts, read by teddy/rarity.as.ts.

/** One sign each: 256 byte values; their classes; by class of the first byte and of the second, ${CLASSES} x ${CLASSES} pairs. */
export const SIGNS =
${literal(signs(bytes, kinds.size) + classes + signs(pairs, kinds.size))}
`
writeFileSync(new URL('../../src/engine/scanner/frequencies.ts', import.meta.url), text)
console.log([...kinds.keys()].join(' '), `${text.length} bytes`)
