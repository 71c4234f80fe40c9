// Threads that read parts of large logs; started with the first part, so that small bundles pay nothing.
import { Worker } from 'node:worker_threads'
import type { PartInput, PartOutput, PartReaders } from './logs/index.ts'
import type { Literal } from './model/index.ts'

interface Thread {
  readonly worker: Worker
  busy: Asked | null
}

interface Asked {
  readonly input: PartInput
  readonly done: (output: PartOutput) => void
  readonly failed: (cause: Error) => void
}

export class LogWorkers implements PartReaders {
  readonly count: number
  readonly bytes = 8 << 20
  readonly #literals: readonly Literal[]
  readonly #threads: Thread[] = []
  readonly #waiting: Asked[] = []

  constructor(count: number, literals: readonly Literal[]) {
    this.count = count
    this.#literals = literals
  }

  read(input: PartInput): Promise<PartOutput> {
    return new Promise((done, failed) => {
      this.#waiting.push({ input, done, failed })
      this.#dispatch()
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }

  #dispatch(): void {
    const thread = this.#threads.find(({ busy }) => busy === null) ?? this.#start()
    if (thread === null) return
    const asked = this.#waiting.shift()
    if (asked === undefined) return
    thread.busy = asked
    thread.worker.postMessage(asked.input)
  }

  #start(): Thread | null {
    if (this.#threads.length >= this.count) return null
    // Sources run as they are, the build as JavaScript.
    const file = new URL(import.meta.url.endsWith('.ts') ? './log-worker.ts' : './log-worker.js', import.meta.url)
    const worker = new Worker(file, { workerData: this.#literals, resourceLimits: { maxYoungGenerationSizeMb: 16 } })
    const thread: Thread = { worker, busy: null }
    worker.on('message', (output: PartOutput) => this.#settle(thread, (asked) => asked.done(output)))
    worker.on('error', (cause: Error) => this.#settle(thread, (asked) => asked.failed(cause)))
    this.#threads.push(thread)
    return thread
  }

  #settle(thread: Thread, tell: (asked: Asked) => void): void {
    const asked = thread.busy
    thread.busy = null
    if (asked !== null) tell(asked)
    this.#dispatch()
  }
}
