// What every input must survive, whatever was done to it: no exception, and only facts that can be true.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { readJournalFile, readLog } from '../../src/logs/index.ts'
import { type ByteReader, type Event, isLogEvent, type PacketSink, type SourceSummary } from '../../src/model/index.ts'
import { readCapture, rewriteCapture } from '../../src/packets/index.ts'
import { openBundle } from '../../src/sources/index.ts'
import type { Chance } from './chance.ts'
import { bytesOf, type Input } from './inputs.ts'

const MEMBER_LIMIT = 1024 * 1024
const ARCHIVE_LIMITS = { entries: 1000, totalBytes: 32 * 1024 * 1024, ratio: 1000, depth: 4 }
const HEAD = 64 * 1024
/** What may lie before 1970. */
const TIMES: ReadonlySet<string> = new Set([
  'time',
  'first',
  'last',
  'not_before',
  'not_after',
  'notBefore',
  'notAfter',
])

/** Gives the bytes in pieces of up to `size`. */
function readerOf(bytes: Uint8Array, size: number): ByteReader {
  let at = 0
  return {
    read(target) {
      const count = Math.min(target.length, bytes.length - at, size)
      target.set(bytes.subarray(at, at + count))
      at += count
      return count
    },
  }
}

function fail(what: string): never {
  throw new Error(what)
}

/** Numbers of fields are finite; times spent, counts and sizes not below 0. */
function inspect(event: Event, bytes: Uint8Array): void {
  const { place, fields, time } = event
  if (time !== null && !Number.isFinite(time)) fail(`time ${time}`)
  if (event.excerpt === '' && !isLogEvent(event)) fail(`${event.kind} without words`)
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'number' || isLogEvent(event)) continue
    if (!Number.isFinite(value) || (value < 0 && !TIMES.has(name))) fail(`${event.kind} has ${name} ${value}`)
  }
  if (isLogEvent(event)) return
  const { offset, length, digest } = place
  if (offset + length > bytes.length) fail(`${event.kind} cites bytes behind the end`)
  if (crc32(bytes.subarray(offset, offset + length)) !== digest) fail(`${event.kind} cites other bytes than it read`)
}

/** A row has numbers, and none below 0 but times before 1970. */
function inspectRow(row: object): void {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value !== 'number') continue
    if (!Number.isFinite(value) || (value < 0 && !TIMES.has(name))) fail(`a row has ${name} ${value}`)
  }
}

interface Heard {
  readonly summary: SourceSummary
  readonly kinds: string
}

async function hear(bytes: Uint8Array, size: number): Promise<Heard> {
  const kinds = new Map<string, number>()
  const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const row = (name: string) => (value: object) => {
    count(name)
    inspectRow(value)
  }
  const sink: PacketSink = {
    event: (event) => {
      count(event.kind)
      inspect(event, bytes)
    },
    notice: ({ code, detail }) => (detail === '' ? fail(`${code} without a sentence`) : count(code)),
    connection: row('connection'),
    dns: row('dns'),
    tls: row('tls'),
    http: row('http'),
    icmp: row('icmp'),
    journalEntry: () => count('journal'),
  }
  const summary = await readCapture(readerOf(bytes, size), { source: 0, path: 'a.pcap' }, sink)
  return { summary, kinds: [...kinds].sort().join(' ') }
}

async function tryCapture(bytes: Uint8Array, chance: Chance): Promise<void> {
  const whole = await hear(bytes, Number.POSITIVE_INFINITY)
  const pieces = await hear(bytes, 1 + chance.below(5000))
  if (whole.kinds !== pieces.kinds) fail(`read in pieces it says ${pieces.kinds}, as a whole ${whole.kinds}`)
  await rewriteCapture(readerOf(bytes, 4096), { rename: (address) => address, write: () => undefined })
}

async function tryLog(bytes: Uint8Array, chance: Chance, kind: 'text' | 'journal'): Promise<void> {
  const sink = {
    event: (event: Event) => inspect(event, bytes),
    notice: ({ code, detail }: { code: string; detail: string }) => detail === '' && fail(`${code} without a sentence`),
  }
  const head = bytes.subarray(0, HEAD)
  const options = { source: 0, path: 'a.log', head, modified: null, scanner: null, zone: null, year: null }
  const read = kind === 'journal' ? readJournalFile : readLog
  await read(readerOf(bytes, chance.of([1000, 65_536, bytes.length + 1])), options, sink)
}

async function tryArchive(bytes: Uint8Array): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-fuzz-'))
  try {
    const path = join(folder, 'bundle.tar.gz')
    writeFileSync(path, bytes)
    const notice = ({ code, detail }: { code: string; detail: string }) => detail === '' && fail(`${code} says nothing`)
    const bundle = await openBundle([path], { limits: ARCHIVE_LIMITS, notice, stdin: process.stdin })
    for await (const source of bundle.members) await bytesOf(source.bytes, MEMBER_LIMIT)
    await bundle.identity()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @throws where it does not survive */
export function attempt(kind: Input['kind'], bytes: Uint8Array, chance: Chance): Promise<void> {
  switch (kind) {
    case 'capture':
      return tryCapture(bytes, chance)
    case 'text':
    case 'journal':
      return tryLog(bytes, chance, kind)
    case 'archive':
      return tryArchive(bytes)
    default:
      return kind satisfies never
  }
}
