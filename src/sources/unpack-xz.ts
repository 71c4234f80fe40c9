// A small xz stream unpacked as a whole: what other formats hold inside them.
import { Chunks } from './chunks.ts'
import { isXz, unxz } from './xz.ts'

/** A journal's value is never larger; a bound against bombs. */
const LIMIT = 1 << 24

/** Null where it is none, is damaged, or unpacks to more than 16 MiB. */
export async function unpackXz(packed: Uint8Array): Promise<Uint8Array | null> {
  if (!isXz(packed)) return null
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of unxz(new Chunks(inOnePiece(packed)))) {
      pieces.push(piece)
      length += piece.length
      if (length > LIMIT) return null
    }
  } catch {
    return null
  }
  return Buffer.concat(pieces)
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
