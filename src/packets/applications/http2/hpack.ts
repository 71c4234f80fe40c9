// Header lists as HPACK packs them (RFC 7541): the static table, the dynamic table and the fields between.
import { latin1, u8 } from '../bytes.ts'
import { decodeHuffman } from './huffman.ts'

/** A field; null where the part of the table that names it was not captured. */
export type Header = readonly [name: string | null, value: string | null]

const STATIC: readonly Header[] = [
  [':authority', ''],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  ...['200', '204', '206', '304', '400', '404', '500'].map((status) => [':status', status] as const),
  ['accept-charset', ''],
  ['accept-encoding', 'gzip, deflate'],
  ...[
    'accept-language accept-ranges accept access-control-allow-origin age allow authorization cache-control',
    'content-disposition content-encoding content-language content-length content-location content-range content-type',
    'cookie date etag expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since',
    'last-modified link location max-forwards proxy-authenticate proxy-authorization range referer refresh retry-after',
    'server set-cookie strict-transport-security transfer-encoding user-agent vary via www-authenticate',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, ''] as const),
]
const ENTRY_OVERHEAD = 32
/** What a receiver allows before it says otherwise; and the most that is kept here. */
const DEFAULT_SIZE = 4096
const LARGEST_SIZE = 65_536
const UNKNOWN: Header = [null, null]

/** Reads the header blocks of one direction, in their order. */
export class HeaderTable {
  /** Latest first. */
  #entries: Header[] = []
  #size = 0
  #limit = DEFAULT_SIZE
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0

  /** A block was lost: what the table holds is not known any more. */
  forget(): void {
    this.#entries = []
    this.#size = 0
  }

  /** The fields up to the end or to the first damage. */
  read(block: Uint8Array): readonly Header[] {
    const found: Header[] = []
    this.#bytes = block
    this.#at = 0
    while (this.#at < block.length) {
      const header = this.#next()
      if (header === null) break
      if (header !== UPDATE) found.push(header)
    }
    return found
  }

  /** RFC 7541 section 6: indexed, literal with indexing, size update, literal without indexing. */
  #next(): Header | typeof UPDATE | null {
    const first = u8(this.#bytes, this.#at)
    if (first >= 0x80) return this.#lookup(this.#integer(7))
    if (first >= 0x40) return this.#add(this.#literal(6))
    if (first < 0x20) return this.#literal(4)
    this.#resize(this.#integer(5))
    return UPDATE
  }

  #lookup(index: number): Header | null {
    if (index <= 0) return null
    return STATIC[index - 1] ?? this.#entries[index - 1 - STATIC.length] ?? UNKNOWN
  }

  #literal(prefix: number): Header | null {
    const index = this.#integer(prefix)
    const name = index === 0 ? this.#string() : (this.#lookup(index)?.[0] ?? null)
    if (index < 0 || (index === 0 && name === null)) return null
    const value = this.#string()
    return value === null ? null : [name, value]
  }

  #add(header: Header | null): Header | null {
    if (header === null) return null
    this.#entries.unshift(header)
    this.#size += sizeOf(header)
    this.#evict()
    return header
  }

  #resize(limit: number): void {
    this.#limit = Math.min(Math.max(limit, 0), LARGEST_SIZE)
    this.#evict()
  }

  #evict(): void {
    while (this.#size > this.#limit) {
      const oldest = this.#entries.pop()
      if (oldest === undefined) break
      this.#size -= sizeOf(oldest)
    }
  }

  /** Section 5.1; -1 where it is cut or beyond reason. */
  #integer(prefix: number): number {
    const mask = (1 << prefix) - 1
    let value = u8(this.#bytes, this.#at++) & mask
    if (value < mask) return value
    for (let shift = 0; shift < 28; shift += 7) {
      if (this.#at >= this.#bytes.length) return -1
      const byte = u8(this.#bytes, this.#at++)
      value += (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    return -1
  }

  /** Section 5.2; null where it is cut or broken. */
  #string(): string | null {
    const isPacked = u8(this.#bytes, this.#at) >= 0x80
    const length = this.#integer(7)
    const end = this.#at + length
    if (length < 0 || end > this.#bytes.length) return null
    const bytes = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return isPacked ? decodeHuffman(bytes) : latin1(bytes)
  }
}

/** A change of the table's size stands where a field may stand. */
const UPDATE = 'update'

function sizeOf([name, value]: Header): number {
  return (name ?? '').length + (value ?? '').length + ENTRY_OVERHEAD
}
