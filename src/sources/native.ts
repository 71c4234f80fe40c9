// Node's own decoders, run over one compressed stream: nothing decoded is lost, nothing behind its end is taken.
import type { Transform } from 'node:stream'
import type { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'

/** Bounds what one step can unpack to: some 16 MiB, at the ratio deflate can reach. */
const STEP = 16 * 1024

/** A decoder of node:zlib. */
export interface Decoder extends Transform {
  readonly bytesWritten: number
}

/**
 * Reading a decoder as a stream would lose what it has buffered when it fails, so its pieces are gathered as they come.
 * The next step is decoded, on another thread, while this step's pieces are used.
 */
export async function* decoded(decoder: Decoder, input: Chunks): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const outcome = watch(decoder, ready)
  let step = feed(decoder, input)
  try {
    for (let goesOn = true; goesOn; ) {
      goesOn = await step
      const pieces = ready.splice(0)
      if (goesOn) step = feed(decoder, input)
      yield* pieces
    }
    if (outcome.failure !== null) throw damageOf(outcome.failure)
  } finally {
    decoder.destroy()
    await step
  }
}

function watch(decoder: Decoder, ready: Uint8Array[]): { failure: Error | null } {
  const outcome: { failure: Error | null } = { failure: null }
  decoder.on('data', (piece: Uint8Array) => ready.push(piece))
  decoder.on('error', (error) => {
    outcome.failure = error
  })
  return outcome
}

function damageOf(failure: Error): Damage {
  if (failure instanceof Damage) return failure
  const isCut = 'code' in failure && failure.code === 'Z_BUF_ERROR'
  const sentence = isCut
    ? 'the compressed data is cut: what came before is kept'
    : 'the compressed data is damaged here'
  return new Damage('compression-damaged', sentence, failure)
}

/** Gives the decoder one piece; false when its stream has ended, well or not. */
async function feed(decoder: Decoder, input: Chunks): Promise<boolean> {
  const piece = await next(decoder, input)
  if (piece === null || decoder.destroyed) return false
  const before = decoder.bytesWritten
  await settled(decoder, (done) => decoder.write(piece, done))
  const taken = decoder.bytesWritten - before
  if (taken === piece.length || decoder.destroyed) return !decoder.destroyed
  input.unread(piece.subarray(taken))
  if (!decoder.readableEnded) await settled(decoder, (done) => decoder.once('end', done))
  return false
}

async function next(decoder: Decoder, input: Chunks): Promise<Uint8Array | null> {
  try {
    const piece = await input.next()
    if (piece === null) {
      await settled(decoder, () => decoder.end())
      return null
    }
    input.unread(piece.subarray(STEP))
    return piece.subarray(0, STEP)
  } catch (error) {
    await settled(decoder, () => decoder.destroy(error instanceof Error ? error : new Error(String(error))))
    return null
  }
}

/** Waits until `start` says it is done, or the decoder is closed: a decoder that fails leaves its callers waiting. */
function settled(decoder: Decoder, start: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    if (decoder.closed) return resolve()
    const done = (): void => {
      decoder.off('close', done)
      resolve()
    }
    decoder.once('close', done)
    start(done)
  })
}
