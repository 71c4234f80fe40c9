// The xz format: streams one behind the other, decoded by WebAssembly.
import { crc32 } from 'node:zlib'
import type { XzReadableStream } from 'xz-decompress'
import type { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'

const MAGIC = 'fd377a585a00'
const FLAGS = 6
const FLAGS_CRC = 8
const HEADER = 12

/** None, CRC-32, CRC-64: the checks the package knows. */
const CHECKS: ReadonlySet<number | undefined> = new Set([0, 1, 4])

/** The header carries a checksum of its own, so nothing else is mistaken for it. */
export function isXz(head: Uint8Array): boolean {
  if (head.length < HEADER || Buffer.from(head.subarray(0, FLAGS)).toString('hex') !== MAGIC) return false
  const view = new DataView(head.buffer, head.byteOffset, HEADER)
  return view.getUint32(FLAGS_CRC, true) === crc32(head.subarray(FLAGS, FLAGS_CRC))
}

export async function* unxz(input: Chunks): AsyncGenerator<Uint8Array> {
  const { [FLAGS + 1]: check } = await input.peek(HEADER)
  if (!CHECKS.has(check)) throw new Damage('not-readable', 'is xz with a checksum that is not known: unpack it first')
  const { default: xz } = await import('xz-decompress')
  runManyAtOnce(xz.XzReadableStream)
  const stream = new xz.XzReadableStream(ReadableStream.from(input))
  try {
    for await (const piece of stream) yield piece
  } catch (cause) {
    if (cause instanceof Damage) throw cause
    const isCut = (await input.peek(1)).length === 0
    throw new Damage(
      'compression-damaged',
      isCut ? 'the xz stream is cut or damaged near its end' : 'the xz stream is damaged here',
      cause,
    )
  }
}

/** The package lets one stream run at a time: an xz within an xz would wait for itself for ever. They share no state. */
function runManyAtOnce(streams: typeof XzReadableStream): void {
  Reflect.set(streams, '_contextMutex', { acquire: () => Promise.resolve(), release: () => undefined })
}
