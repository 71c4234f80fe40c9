// Reads spoiled inputs for a bounded time: `npm run fuzz`. Fails where one of them throws, hangs or is told wrongly.
import { Worker } from 'node:worker_threads'
import type { Task, Word } from './worker.ts'

const SECONDS = Number(process.env.FAULTLINE_FUZZ_SECONDS ?? 30)
const SEED = Number(process.env.FAULTLINE_FUZZ_SEED ?? 1 + Math.floor(Math.random() * 999_999))
const ONLY = process.env.FAULTLINE_FUZZ_CASE
/** An input of at most 192 KiB that takes longer will not end. */
const HANG = 20_000
const MOST_FAILURES = 10

interface State {
  readonly counts: Map<string, number>
  readonly failures: string[]
  current: Extract<Word, { kind: 'begins' }> | null
  /** Milliseconds, when `current` began. */
  began: number
}

function failed(state: State, what: string): void {
  const { current } = state
  const again = `FAULTLINE_FUZZ_SEED=${SEED} FAULTLINE_FUZZ_CASE=${current?.number} npm run fuzz`
  state.failures.push(`${current?.recipe}\n${what}\nagain: ${again}\n`)
  console.error(state.failures.at(-1))
}

function hear(state: State, word: Word): void {
  switch (word.kind) {
    case 'begins':
      state.current = word
      state.began = performance.now()
      state.counts.set(word.input, (state.counts.get(word.input) ?? 0) + 1)
      return
    case 'fails':
      failed(state, word.error)
      return
    case 'ends':
      state.current = null
      return
    default:
      word satisfies never
  }
}

/** One thread until the time is over, it is done, or it hangs. @returns number of the case to go on with; null where it is over */
function watch(state: State, task: Task, until: number): Promise<number | null> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task })
  return new Promise((resolve) => {
    const end = (next: number | null) => {
      clearInterval(timer)
      void worker.terminate()
      resolve(next)
    }
    const look = () => {
      const now = performance.now()
      if (state.current !== null && now - state.began > HANG) {
        failed(state, `no end after ${HANG / 1000} s`)
        const next = state.current.number + 1
        state.current = null
        end(task.count === null ? next : null)
      } else if (task.count === null && (now > until || state.failures.length >= MOST_FAILURES)) end(null)
    }
    const timer = setInterval(look, 50)
    worker.on('message', (word: Word) => hear(state, word))
    worker.on('error', (error) => {
      failed(state, `the thread died: ${error.stack}`)
      end(null)
    })
    worker.on('exit', () => end(null))
  })
}

async function run(): Promise<State> {
  const state: State = { counts: new Map(), failures: [], current: null, began: 0 }
  const until = performance.now() + SECONDS * 1000
  let next: number | null = ONLY === undefined ? 0 : Number(ONLY)
  while (next !== null)
    next = await watch(state, { seed: SEED, from: next, count: ONLY === undefined ? null : 1 }, until)
  return state
}

console.log(`seed ${SEED}, ${SECONDS} s`)
const { counts, failures } = await run()
const told = [...counts].sort().map(([kind, count]) => `${count} ${kind}`)
console.log(`${told.join(', ') || 'nothing'} read, ${failures.length} failures`)
process.exitCode = failures.length > 0 || counts.size === 0 ? 1 : 0
