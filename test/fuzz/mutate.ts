// Ways to spoil bytes: flipped bits, cuts, pieces moved or taken from elsewhere, numbers that lie, packets in disorder.
import type { Chance } from './chance.ts'

/** What was done, in words, and what came of it. */
export interface Spoiled {
  readonly bytes: Uint8Array
  readonly steps: readonly string[]
}

type Mutation = (bytes: Uint8Array, chance: Chance, other: Uint8Array) => { bytes: Uint8Array; step: string }

const LIES = [0, 1, 2, 3, 4, 7, 8, 19, 20, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]
const PCAP_HEADER = 24
const RECORD_HEADER = 16

function spanOf(bytes: Uint8Array, chance: Chance): { from: number; to: number } {
  const from = chance.below(bytes.length + 1)
  const length = chance.below(chance.of([4, 64, 2048, bytes.length + 1]))
  return { from, to: Math.min(bytes.length, from + length) }
}

const flip: Mutation = (bytes, chance) => {
  const spoiled = Uint8Array.from(bytes)
  const count = 1 + chance.below(chance.of([1, 8, 64]))
  for (let left = count; left > 0; left--) {
    const at = chance.below(spoiled.length)
    spoiled[at] = (spoiled[at] ?? 0) ^ (1 << chance.below(8))
  }
  return { bytes: spoiled, step: `${count} bits flipped` }
}

const cut: Mutation = (bytes, chance) => {
  const at = chance.below(bytes.length + 1)
  return { bytes: bytes.subarray(0, at), step: `cut at ${at}` }
}

const remove: Mutation = (bytes, chance) => {
  const { from, to } = spanOf(bytes, chance)
  return { bytes: Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]), step: `bytes ${from}-${to} taken out` }
}

const repeat: Mutation = (bytes, chance) => {
  const { from, to } = spanOf(bytes, chance)
  const at = chance.below(bytes.length + 1)
  const piece = bytes.subarray(from, to)
  return {
    bytes: Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]),
    step: `bytes ${from}-${to} again at ${at}`,
  }
}

const splice: Mutation = (bytes, chance, other) => {
  const { from, to } = spanOf(other, chance)
  const at = chance.below(bytes.length + 1)
  const rest = bytes.subarray(Math.min(bytes.length, at + chance.of([0, to - from, bytes.length])))
  return {
    bytes: Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), rest]),
    step: `bytes ${from}-${to} of another input at ${at}, ${rest.length} bytes behind`,
  }
}

const lie: Mutation = (bytes, chance) => {
  const spoiled = Buffer.from(bytes)
  const width = chance.of([1, 2, 4])
  const at = chance.below(Math.max(1, spoiled.length - width))
  const value = chance.of(LIES) % 2 ** (8 * width)
  if (at + width > spoiled.length) return { bytes: spoiled, step: 'nothing' }
  if (chance.below(2) === 0) spoiled.writeUIntLE(value, at, width)
  else spoiled.writeUIntBE(value, at, width)
  return { bytes: spoiled, step: `${value} written at ${at} in ${width} bytes` }
}

/** The records of a little-endian capture; none where it is something else. */
function recordsOf(bytes: Buffer): Buffer[] {
  const records: Buffer[] = []
  if (bytes.length < PCAP_HEADER || bytes.readUInt32LE(0) !== 0xa1b2c3d4) return records
  let at = PCAP_HEADER
  while (at + RECORD_HEADER <= bytes.length) {
    const end = at + RECORD_HEADER + bytes.readUInt32LE(at + 8)
    if (end > bytes.length) break
    records.push(bytes.subarray(at, end))
    at = end
  }
  return records
}

/** The packet is cut as a small snapshot length would. */
function snapped(record: Buffer, chance: Chance): Buffer {
  const length = chance.below(record.length - RECORD_HEADER + 1)
  const short = Buffer.from(record.subarray(0, RECORD_HEADER + length))
  short.writeUInt32LE(length, 8)
  return short
}

/** Lies within the first 80 bytes of the packet: where its headers are. */
function bent(record: Buffer, chance: Chance): Buffer {
  const head = Math.min(record.length, RECORD_HEADER + 80) - RECORD_HEADER
  if (head < 1) return record
  const wrong = Buffer.from(record)
  wrong[RECORD_HEADER + chance.below(head)] = chance.of(LIES) & 0xff
  return wrong
}

/** What may happen to one packet of a capture. */
const FATES: readonly ((record: Buffer, chance: Chance) => readonly Buffer[])[] = [
  () => [],
  (record) => [record, record],
  (record, chance) => [snapped(record, chance)],
  (record, chance) => [bent(record, chance)],
  (record, chance) => [record, bent(record, chance)],
]

const disorder: Mutation = (bytes, chance) => {
  const whole = Buffer.from(bytes)
  const records = recordsOf(whole)
  if (records.length === 0) return { bytes, step: 'no packets to put in disorder' }
  const share = chance.of([2, 8, 64])
  const changed = records.flatMap((record) => (chance.below(share) === 0 ? chance.of(FATES)(record, chance) : [record]))
  for (let left = chance.below(8); left > 0 && changed.length > 1; left--) {
    const at = chance.below(changed.length - 1)
    changed.splice(at, 2, ...changed.slice(at, at + 2).reverse())
  }
  return {
    bytes: Buffer.concat([whole.subarray(0, PCAP_HEADER), ...changed]),
    step: `one packet of ${share} lost, doubled, cut or bent`,
  }
}

const MUTATIONS = [flip, cut, remove, repeat, splice, lie, lie, disorder, disorder]

export function spoil(bytes: Uint8Array, other: Uint8Array, chance: Chance): Spoiled {
  let spoiled = bytes
  const steps: string[] = []
  for (let left = 1 + chance.below(3); left > 0 && spoiled.length > 0; left--) {
    const { bytes: next, step } = chance.of(MUTATIONS)(spoiled, chance, other)
    spoiled = next
    steps.push(step)
  }
  return { bytes: spoiled, steps }
}
