// How a source is cut into parts, wherever its bytes lie.
import type { ByteReader } from '../../model/index.ts'

/** Where whoever reads a part finds its bytes. */
export type PartPlace =
  | {
      readonly kind: 'block'
      /** One behind the other, in memory that threads share. */
      readonly pieces: readonly Uint8Array[]
      /** Of the first byte, in the source. */
      readonly offset: number
    }
  | {
      /** From the last place to cut at before `from` to that before `to`. */
      readonly kind: 'range'
      /** Of an open file. */
      readonly descriptor: number
      readonly from: number
      readonly to: number
    }

export interface Part {
  readonly place: PartPlace
  /** Its bytes, for whoever has taken all before them; null where its end cannot be told. */
  open(): ByteReader | null
  /** So many bytes were read elsewhere. */
  pass(bytes: number, crc: number): void
  /** Nobody reads it any more. */
  free(): void
}

export interface Cuts {
  hasRoom(): boolean
  /** The next part; null where there is none, or none can be told. */
  next(): Promise<Part | null>
  /** Those parts and all behind them; null where nothing is left. */
  rest(parts: readonly Part[]): ByteReader | null
}
