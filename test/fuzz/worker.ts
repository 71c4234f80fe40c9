// Tries one spoiled input after the other in a thread of its own, and says before each what it is: a hang is told by silence.
import { parentPort, workerData } from 'node:worker_threads'
import { Chance } from './chance.ts'
import { type Input, inputs } from './inputs.ts'
import { spoil } from './mutate.ts'
import { attempt } from './trials.ts'

/** What the thread was started with. */
export interface Task {
  readonly seed: number
  /** Number of the first case. */
  readonly from: number
  /** How many; without end where it is null. */
  readonly count: number | null
}

/** What the thread says: a case begins, or it failed. */
export type Word =
  | { readonly kind: 'begins'; readonly number: number; readonly input: Input['kind']; readonly recipe: string }
  | { readonly kind: 'fails'; readonly number: number; readonly error: string }
  | { readonly kind: 'ends' }

function tell(word: Word): void {
  parentPort?.postMessage(word)
}

async function play(known: readonly Input[], seed: number, number: number): Promise<void> {
  const chance = new Chance(Math.imul(seed, 0x9e3779b1) + number)
  const kind = chance.of(['capture', 'capture', 'capture', 'text', 'archive', 'journal'] as const)
  const alike = known.filter((input) => input.kind === kind)
  const input = chance.of(alike.length === 0 ? known : alike)
  const { bytes, steps } = spoil(input.bytes, chance.of(alike.length === 0 ? known : alike).bytes, chance)
  tell({ kind: 'begins', number, input: input.kind, recipe: `${input.name}: ${steps.join(', ')}` })
  try {
    await attempt(input.kind, bytes, chance)
  } catch (error) {
    tell({ kind: 'fails', number, error: error instanceof Error ? `${error.stack}` : `${error}` })
  }
}

async function work({ seed, from, count }: Task): Promise<void> {
  const known = await inputs()
  for (let number = from; count === null || number < from + count; number++) await play(known, seed, number)
  tell({ kind: 'ends' })
}

await work(workerData)
