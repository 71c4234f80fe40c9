// Proof: the bundle is read again; every quotation's bytes are compared by their CRC-32, and its words with the bytes.
import { crc32 } from 'node:zlib'
import type { Analysis, ByteReader, Place } from './model/index.ts'
import { DEFAULT_LIMITS, openBundle } from './sources/index.ts'

/** Bytes of a source that were quoted. */
export interface Quotation {
  /** Label of the source when it was quoted. */
  readonly path: string
  /** `:12` for a line, ` packet 7` for a packet. */
  readonly where: string
  readonly offset: number
  readonly length: number
  readonly digest: number
  /** The words that are said to stand there; null for packets, which are described. */
  readonly excerpt: string | null
}

export interface BrokenQuotation {
  readonly path: string
  readonly where: string
  readonly reason: string
}

export interface Verification {
  readonly confirmed: number
  readonly broken: readonly BrokenQuotation[]
}

/** A quotation while its source passes by. */
interface Pending {
  readonly quotation: Quotation
  digest: number
  seen: number
  /** The bytes themselves, or the first of many, where words are compared with them. */
  readonly bytes: Buffer[]
  /** Words that were not met yet, where there are more bytes than are kept, and the last of those that passed. */
  missing: readonly Buffer[]
  passed: Buffer
}

const BLOCK = 1 << 20
/** Bytes of a quotation that are kept to be compared with its words; most excerpts are shorter. */
const COMPARED = 1 << 16

export interface VerifyInput {
  readonly quotations: readonly Quotation[]
  /** Where the bundle lay when it was quoted. */
  readonly before: readonly string[]
  /** Where it lies now. */
  readonly paths: readonly string[]
}

/** @throws FaultlineError `not-found` */
export async function verify({ quotations, before, paths }: VerifyInput): Promise<Verification> {
  const asked = bySource(quotations)
  const broken: BrokenQuotation[] = []
  let confirmed = 0
  const settle = (path: string, pending: readonly Pending[]) => {
    for (const one of pending) {
      const reason = complaint(one)
      if (reason === null) confirmed++
      else broken.push({ path, where: one.quotation.where, reason })
    }
  }
  const bundle = await openBundle(paths, { limits: DEFAULT_LIMITS, notice: () => {}, stdin: process.stdin })
  for await (const source of bundle.members) {
    const label = relabel(source.path, paths, before)
    const pending = asked.get(label)
    if (pending === undefined) continue
    asked.delete(label)
    await reread(source.bytes, pending)
    settle(label, pending)
  }
  for (const [path, pending] of [...asked].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const { quotation } of pending)
      broken.push({ path, where: quotation.where, reason: 'the bundle has no such source' })
  return { confirmed, broken }
}

/** The quotations that stand in an analysis. */
export function quotationsOf({ conclusion, sources }: Analysis): Quotation[] {
  return conclusion.findings.flatMap(({ evidence }) =>
    evidence.map(({ source, place, excerpt }) => {
      const { offset, length, digest } = place
      const words = place.kind === 'line' ? excerpt : null
      return { path: sources[source]?.path ?? '', where: whereOf(place), offset, length, digest, excerpt: words }
    }),
  )
}

/** In order of their place; what was cited twice is read once. */
function bySource(quotations: readonly Quotation[]): Map<string, Pending[]> {
  const distinct = new Map(
    quotations.map((one) => [`${one.path} ${one.offset} ${one.length} ${one.digest} ${one.excerpt}`, one]),
  )
  return new Map(
    [...Map.groupBy(distinct.values(), ({ path }) => path)].map(([path, list]) => [
      path,
      list.map(pendingOf).sort(byOffset),
    ]),
  )
}

function pendingOf(quotation: Quotation): Pending {
  const { excerpt, length } = quotation
  const isLong = excerpt !== null && length > COMPARED
  const missing = isLong ? wordsOf(excerpt).map((word) => Buffer.from(word)) : []
  return { quotation, digest: 0, seen: 0, bytes: [], missing, passed: Buffer.alloc(0) }
}

function byOffset(a: Pending, b: Pending): number {
  return a.quotation.offset - b.quotation.offset
}

/** A bundle that was moved: the path given now stands for the one given then. */
function relabel(label: string, now: readonly string[], then: readonly string[]): string {
  const [here, there] = [now[0], then[0]].map((path) => path?.replace(/(?<=.)\/+$/, ''))
  if (now.length !== 1 || then.length !== 1 || here === undefined || there === undefined || !label.startsWith(here))
    return label
  return there + label.slice(here.length)
}

async function reread(bytes: ByteReader, pending: readonly Pending[]): Promise<void> {
  const block = new Uint8Array(BLOCK)
  const end = Math.max(...pending.map(({ quotation }) => quotation.offset + quotation.length))
  for (let at = 0; at < end; ) {
    const count = await bytes.read(block)
    if (count === 0) return
    for (const one of pending) feed(one, block.subarray(0, count), at)
    at += count
  }
}

/** Adds the part of a block that a quotation covers to its digest. */
function feed(one: Pending, block: Uint8Array, at: number): void {
  const { offset, length } = one.quotation
  const from = Math.max(offset + one.seen, at)
  const to = Math.min(offset + length, at + block.length)
  if (from >= to) return
  const part = block.subarray(from - at, to - at)
  one.digest = crc32(part, one.digest)
  if (one.quotation.excerpt !== null && one.seen < COMPARED) one.bytes.push(Buffer.from(part.subarray(0, COMPARED)))
  one.seen += to - from
  if (one.missing.length > 0) meet(one, part)
}

/** Strikes out the words that stand in a part, or where it goes on with the one before. */
function meet(one: Pending, part: Uint8Array): void {
  const bytes = Buffer.concat([one.passed, part])
  one.missing = one.missing.filter((word) => !bytes.includes(word))
  const longest = Math.max(0, ...one.missing.map((word) => word.length))
  one.passed = Buffer.from(bytes.subarray(Math.max(0, bytes.length - longest)))
}

function complaint({ quotation, digest, seen, bytes, missing }: Pending): string | null {
  const { length, digest: quoted, excerpt } = quotation
  if (seen < length) return 'the source ends before the quotation does'
  if (digest !== quoted) return 'the bytes are not those that were quoted'
  if (excerpt === null || (length > COMPARED && missing.length === 0)) return null
  return holds(Buffer.concat(bytes), excerpt) ? null : 'the words are not those that stand there'
}

/** Words may be put together from the fields of an entry; binary entries keep them elsewhere. */
function holds(bytes: Buffer, excerpt: string): boolean {
  if (bytes.includes(0)) return true
  const text = bytes.toString()
  return text.includes(excerpt) || wordsOf(excerpt).every((word) => text.includes(word))
}

function wordsOf(excerpt: string): string[] {
  return excerpt.split(/[\s:]+/)
}

function whereOf(place: Place): string {
  return place.kind === 'line' ? `:${place.line}` : ` packet ${place.packet}`
}
