// The guard over a stream: limits are kept, and damage becomes a notice at the place where the stream then ends.
import type { Bytes } from './chunks.ts'
import type { Context } from './context.ts'
import { Damage } from './damage.ts'
import type { Gauge } from './limits.ts'

export interface Guard {
  readonly label: string
  /** What compares the bytes given with those taken; none where nothing is unpacked here. */
  readonly gauges: readonly Gauge[]
  readonly context: Context
}

/** Ends a stream quietly where it is damaged or passes a limit: what came before is kept, the reason is told. */
export async function* guarded(bytes: Bytes, { label, gauges, context }: Guard): AsyncGenerator<Uint8Array> {
  let offset = 0
  try {
    for await (const piece of bytes) {
      for (const gauge of gauges) gauge.gave(piece.length)
      if (gauges.length > 0) context.budget.spend(piece.length)
      offset += piece.length
      yield piece
    }
  } catch (error) {
    tellDamage(error, { label, offset, context })
  }
}

/** Counts what a stream takes. */
export async function* gauged(bytes: Bytes, gauge: Gauge): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    gauge.took(piece.length)
    yield piece
  }
}

/** Anything but damage is an error of the program and goes on. */
export function tellDamage(error: unknown, at: { label: string; offset: number | null; context: Context }): void {
  if (!(error instanceof Damage)) throw error
  at.context.notice(at.label, error.code, at.offset, error.message)
}
