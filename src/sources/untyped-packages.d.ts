// The parts we use of packages that come without types.
declare module 'unbzip2-stream/lib/bit_iterator.js' {
  import type { BitReader } from 'unbzip2-stream/lib/bzip2.js'
  /** `pull` gives the next piece; undefined at the end, whereupon reading throws. */
  export default function bitIterator(pull: () => Uint8Array | undefined): BitReader
}

declare module 'unbzip2-stream/lib/bzip2.js' {
  export interface BitReader {
    (count: number): number
    readonly bytesRead: number
  }
  const bzip2: {
    /** Reads the header of a stream: size of its blocks, in 100 kB. */
    header(read: BitReader): number
    /** Decodes a block; the checksum so far, or null at the end of the stream. */
    decompress(
      read: BitReader,
      write: (byte: number) => void,
      work: Int32Array,
      size: number,
      crc: number,
    ): number | null
  }
  export default bzip2
}

declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export interface Entry {
    readonly fileName: Buffer
    readonly generalPurposeBitFlag: number
    readonly compressionMethod: number
    readonly crc32: number
    readonly compressedSize: number
    readonly uncompressedSize: number
    readonly externalFileAttributes: number
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[]
    isEncrypted(): boolean
    getLastModDate(options: { readonly timezone: 'UTC' | 'local' }): Date
  }
  export interface ZipFile {
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry, options: { readonly decodeFileData: false }): Promise<Readable>
  }
  export interface OpenOptions {
    readonly autoClose: boolean
    /** False leaves names as bytes: as text they would be refused when they climb. */
    readonly decodeStrings: boolean
    readonly validateEntrySizes: boolean
  }
  const yauzl: {
    fromFdPromise(fd: number, options: OpenOptions): Promise<ZipFile>
    fromBufferPromise(buffer: Buffer, options: OpenOptions): Promise<ZipFile>
    getFileNameLowLevel(flags: number, name: Buffer, extraFields: Entry['extraFields'], strict: boolean): string
  }
  export default yauzl
}
