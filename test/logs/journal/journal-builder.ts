// Builds journal files as systemd lays them out, so that no machine's own journal is needed.
import { zstdCompressSync } from 'node:zlib'

export interface BuiltEntry {
  readonly realtime: number
  /** `NAME=value`; equal ones share one data object. */
  readonly fields: readonly string[]
}

export interface Layout {
  readonly compact: boolean
  readonly pack: 'none' | 'zstd' | 'lz4' | 'xz'
}

const HEADER = 272
/** By `xz --check=none`, as journald packs; other fields stay as they are. */
const XZ: Readonly<Record<string, string>> = {
  'MESSAGE=connect refused, giving up':
    '/Td6WFoAAAD/EtlBAgAhARYAAAB0L+WjAQAhTUVTU0FHRT1jb25uZWN0IHJlZnVzZWQsIGdpdmluZyB1cAAAAAABMiK+oJYYBnKeegEAAAAAAFla',
}

function object(type: number, flags: number, body: Buffer): Buffer {
  const bytes = Buffer.alloc(Math.ceil((16 + body.length) / 8) * 8)
  bytes[0] = type
  bytes[1] = flags
  bytes.writeBigUInt64LE(BigInt(16 + body.length), 8)
  body.copy(bytes, 16)
  return bytes
}

function data(field: string, uses: number, { compact, pack }: Layout): Buffer {
  const plain = Buffer.from(field)
  const fixed = Buffer.alloc(compact ? 56 : 48)
  fixed.writeUInt32LE(uses, 40)
  if (pack === 'zstd') return object(1, 4, Buffer.concat([fixed, zstdCompressSync(plain)]))
  const xz = XZ[field]
  if (pack === 'xz' && xz !== undefined) return object(1, 1, Buffer.concat([fixed, Buffer.from(xz, 'base64')]))
  if (pack === 'none' || pack === 'xz') return object(1, 0, Buffer.concat([fixed, plain]))
  const size = Buffer.alloc(8)
  size.writeUInt32LE(plain.length)
  const block = Buffer.concat([Buffer.from([0xf0, plain.length - 15]), plain])
  return object(1, 2, Buffer.concat([fixed, size, block]))
}

function entry({ realtime }: BuiltEntry, offsets: readonly number[], compact: boolean): Buffer {
  const step = compact ? 4 : 16
  const body = Buffer.alloc(48 + offsets.length * step)
  body.writeBigUInt64LE(BigInt(realtime), 8)
  for (const [index, offset] of offsets.entries()) body.writeUInt32LE(offset, 48 + index * step)
  return object(3, 0, body)
}

/** A journal file. Values must be 15 to 269 bytes long for LZ4. */
export function buildJournal(entries: readonly BuiltEntry[], layout: Layout): Buffer {
  const header = Buffer.alloc(HEADER)
  header.write('LPKSHHRH', 'latin1')
  header.writeUInt32LE(layout.compact ? 16 : 0, 12)
  header.writeBigUInt64LE(BigInt(HEADER), 88)
  header.writeBigUInt64LE(BigInt(entries.length), 152)
  const parts = [header, object(4, 0, Buffer.alloc(4096))]
  const known = new Map<string, number>()
  const place = (): number => parts.reduce((sum, part) => sum + part.length, 0)
  for (const one of entries) {
    const offsets = one.fields.map((field) => {
      const old = known.get(field)
      if (old !== undefined) return old
      const offset = place()
      known.set(field, offset)
      const uses = entries.filter(({ fields }) => fields.includes(field)).length
      parts.push(data(field, uses, layout))
      return offset
    })
    parts.push(entry(one, offsets, layout.compact))
  }
  parts.push(Buffer.alloc(64))
  return Buffer.concat(parts)
}
