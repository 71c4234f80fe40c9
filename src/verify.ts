// Proof: the bundle is read again, and every quotation's bytes are compared by their CRC-32.
import { crc32 } from 'node:zlib'
import type { Analysis, ByteReader, Evidence, Place } from './model/index.ts'
import { DEFAULT_LIMITS, openBundle } from './sources/index.ts'

export interface BrokenQuotation {
  readonly path: string
  /** `:12` for a line, ` packet 7` for a packet. */
  readonly where: string
  readonly reason: string
}

export interface Verification {
  readonly confirmed: number
  readonly broken: readonly BrokenQuotation[]
}

/** A quotation while its source passes by. */
interface Pending {
  readonly place: Place
  digest: number
  seen: number
}

const BLOCK = 1 << 20

/** @param paths where the bundle lies now. @throws FaultlineError `not-found` */
export async function verify(analysis: Analysis, paths: readonly string[]): Promise<Verification> {
  const asked = quotations(analysis)
  const broken: BrokenQuotation[] = []
  let confirmed = 0
  const settle = (path: string, pending: readonly Pending[]) => {
    for (const one of pending) {
      const reason = complaint(one)
      if (reason === null) confirmed++
      else broken.push({ path, where: whereOf(one.place), reason })
    }
  }
  const bundle = await openBundle(paths, { limits: DEFAULT_LIMITS, notice: () => {}, stdin: process.stdin })
  for await (const source of bundle.members) {
    const label = relabel(source.path, paths, analysis.bundle.paths)
    const pending = asked.get(label)
    if (pending === undefined) continue
    asked.delete(label)
    await reread(source.bytes, pending)
    settle(label, pending)
  }
  for (const [path, pending] of [...asked].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const { place } of pending)
      broken.push({ path, where: whereOf(place), reason: 'the bundle has no such source' })
  return { confirmed, broken }
}

/** Quotations by source, in order of their place; what was cited twice is read once. */
function quotations(analysis: Analysis): Map<string, Pending[]> {
  const evidence = analysis.conclusion.findings.flatMap((finding) => finding.evidence)
  const distinct = new Map(evidence.map((one) => [`${one.source} ${one.place.offset} ${one.place.length}`, one]))
  const bySource = Map.groupBy(distinct.values(), (one: Evidence) => analysis.sources[one.source]?.path ?? '')
  return new Map(
    [...bySource].map(([path, list]) => [
      path,
      list.map(({ place }) => ({ place, digest: 0, seen: 0 })).sort((a, b) => a.place.offset - b.place.offset),
    ]),
  )
}

/** A bundle that was moved: the path given now stands for the one given then. */
function relabel(label: string, now: readonly string[], then: readonly string[]): string {
  const [here, there] = [now[0], then[0]]
  if (now.length !== 1 || then.length !== 1 || here === undefined || there === undefined || !label.startsWith(here))
    return label
  return there + label.slice(here.length)
}

async function reread(bytes: ByteReader, pending: readonly Pending[]): Promise<void> {
  const block = new Uint8Array(BLOCK)
  const end = Math.max(...pending.map(({ place }) => place.offset + place.length))
  for (let at = 0; at < end; ) {
    const count = await bytes.read(block)
    if (count === 0) return
    for (const one of pending) feed(one, block.subarray(0, count), at)
    at += count
  }
}

/** Adds the part of a block that a quotation covers to its digest. */
function feed(one: Pending, block: Uint8Array, at: number): void {
  const { offset, length } = one.place
  const from = Math.max(offset + one.seen, at)
  const to = Math.min(offset + length, at + block.length)
  if (from >= to) return
  one.digest = crc32(block.subarray(from - at, to - at), one.digest)
  one.seen += to - from
}

function complaint({ place, digest, seen }: Pending): string | null {
  if (seen < place.length) return 'the source ends before the quotation does'
  return digest === place.digest ? null : 'the bytes are not those that were quoted'
}

function whereOf(place: Place): string {
  return place.kind === 'line' ? `:${place.line}` : ` packet ${place.packet}`
}
