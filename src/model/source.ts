// A source: one file, or one member of an archive, as a label and a stream of bytes.
import type { Instant } from './instant.ts'

/** Pulls bytes. Reading never throws for damaged input: it gives what came before the damage, then ends. */
export interface ByteReader {
  /**
   * Fills `target` from its start, as far as bytes are at hand.
   * @returns how many bytes were written; 0 at the end of the source. A promise only where waiting is needed.
   */
  read(target: Uint8Array): number | Promise<number>
}

/** Bytes that lie in an open file as they are: whoever has its descriptor reads them as well. */
export interface OnDisk {
  readonly descriptor: number
  /** Bytes that are to be read. */
  readonly size: number
  /** Bytes were read elsewhere, with this CRC-32: what the source's `bytes` give next is behind them. */
  pass(bytes: number, crc: number): void
}

export interface Source {
  /** Label: the path as given, members behind `!`: `bundle.tar.gz!logs/access.log`. Names are labels, never opened. */
  readonly path: string
  /** Size in bytes where known before reading. */
  readonly size: number | null
  /** Time of last change of the file or archive member, where known. A hint for missing years. */
  readonly modified: Instant | null
  /** The first bytes, at most 64 KiB, decompressed and transcoded to UTF-8 as `bytes` are. */
  readonly head: Uint8Array
  /** The whole content from its first byte, the head included. To be read once, before the next source is asked for. */
  readonly bytes: ByteReader
  /** Where `bytes` are from, if that is a file and nothing has to be done to them. */
  readonly disk?: OnDisk
  /** Character set the text was transcoded from; null where bytes are as they lie in the file. */
  readonly charset: string | null
  /** What the content is, by its bytes: text to be read as a log, a packet capture, a systemd journal, or neither. */
  readonly content: 'text' | 'capture' | 'journal' | 'binary' | 'empty'
}
