// What the tests of sources are made of: folders and archives built in memory, and a bundle read to its end.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { pack } from 'tar-stream'
import type { ByteReader, Notice, Source } from '../../src/model/index.ts'
import { DEFAULT_LIMITS, type Limits, openBundle } from '../../src/sources/index.ts'

/** `2025-09-26T14:02:03Z app started\n`, packed by the command line tools. */
export const LINE = '2025-09-26T14:02:03Z app started\n'
export const BZIP2 = Buffer.from(
  'QlpoOTFBWSZTWeVqaZoAAAVbgAAQQAJ/MAQQJgBcACAAIiNAaaNqDQoGmhkZMQNxdYYkCLKJZqRsYAfsR0pu/xdyRThQkOVqaZo=',
  'base64',
)
export const XZ = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAgMjAyNS0wOS0yNlQxNDowMjowM1ogYXBwIHN0YXJ0ZWQKAAAAADE+Ad1omyngAAE5Ic8oa2IftvN9AQAAAAAEWVo=',
  'base64',
)

export function folderOf(test: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sources-'))
  test.after(() => fs.rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), content)
  }
  return folder
}

export interface Read {
  /** Label, without the folder, to content. */
  readonly sources: Readonly<Record<string, string>>
  readonly members: readonly Source[]
  /** `label code offset`, without the folder. */
  readonly notices: readonly string[]
  readonly details: readonly string[]
  readonly identity: string
}

interface Reading {
  readonly limits?: Partial<Limits>
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Whether a source is read to its end; all are without it. */
  readonly wants?: (source: Source) => boolean
  /** Bytes asked for at a time. */
  readonly size?: number
}

/** Reads everything in `folder`, or what is named there. */
export async function read(folder: string, names: readonly string[] = [''], reading: Reading = {}): Promise<Read> {
  const notices: Notice[] = []
  const bundle = await openBundle(
    names.map((name) => (name === '-' ? name : path.join(folder, name))),
    {
      limits: { ...DEFAULT_LIMITS, ...reading.limits },
      notice: (notice) => notices.push(notice),
      stdin: reading.stdin ?? piecesOf(),
    },
  )
  const short = (label: string): string => label.replaceAll(`${folder}/`, '')
  const members: Source[] = []
  const sources: Record<string, string> = {}
  for await (const source of bundle.members) {
    members.push(source)
    if (reading.wants?.(source) ?? true)
      sources[short(source.path)] = (await bytesOf(source.bytes, reading.size)).toString()
  }
  return {
    sources,
    members,
    notices: notices.map(({ source, code, offset }) => `${short(source)} ${code} ${offset}`),
    details: notices.map(({ detail }) => detail),
    identity: await bundle.identity(),
  }
}

async function bytesOf(reader: ByteReader, size = 65536): Promise<Buffer> {
  const pieces: Buffer[] = []
  const target = new Uint8Array(size)
  for (let length = await reader.read(target); length > 0; length = await reader.read(target)) {
    pieces.push(Buffer.from(target.subarray(0, length)))
  }
  return Buffer.concat(pieces)
}

export async function joined(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

export async function* piecesOf(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

/** `bytes` cut after each of `cuts`. */
export function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

type TarEntry = Parameters<ReturnType<typeof pack>['entry']>[0] & { readonly content?: string | Uint8Array }

export async function tarOf(...entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack()
  const bytes = joined(Readable.from(archive))
  for (const { content = '', ...header } of entries) {
    archive.entry({ mtime: new Date(Date.UTC(2025, 8, 26)), ...header }, Buffer.from(content))
  }
  archive.finalize()
  return bytes
}

interface ZipEntry {
  readonly name: string
  readonly content: string | Uint8Array
  readonly flags?: number
  readonly method?: number
  readonly packed?: Uint8Array
  readonly crc?: number
  readonly attributes?: number
}

/** Sizes and checksum stand in front where `flags` does not say that they follow. */
export function zipOf(...entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const local = localOf(entry)
    directory.push(centralOf(entry, offset))
    locals.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

function commonOf({ name, content, flags = 0, method = 8, packed, crc }: ZipEntry, hidden: number): Buffer {
  const bytes = Buffer.from(content)
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(flags, 2)
  fields.writeUInt16LE(method, 4)
  fields.writeUInt16LE(0x7000, 6)
  fields.writeUInt16LE(0x5b3a, 8)
  fields.writeUInt32LE(hidden * (crc ?? crc32(bytes)), 10)
  fields.writeUInt32LE(hidden * (packed ?? deflateRawSync(bytes)).length, 14)
  fields.writeUInt32LE(hidden * bytes.length, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  return fields
}

function localOf(entry: ZipEntry): Buffer {
  const follows = ((entry.flags ?? 0) & 8) !== 0
  const packed = entry.packed ?? deflateRawSync(Buffer.from(entry.content))
  const head = [Buffer.from('PK\x03\x04'), commonOf(entry, follows ? 0 : 1), Buffer.from(entry.name), packed]
  return Buffer.concat(follows ? [...head, Buffer.from('PK\x07\x08'), commonOf(entry, 1).subarray(10, 22)] : head)
}

function centralOf(entry: ZipEntry, offset: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(entry.attributes ?? 0, 6)
  rest.writeUInt32LE(offset, 10)
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), commonOf(entry, 1), rest, Buffer.from(entry.name)])
}

/** For bundles that must be read without a notice. */
export function noNotice({ source, code }: Notice): never {
  throw new Error(`${source}: ${code}`)
}
