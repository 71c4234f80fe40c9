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

/** Size of a part at the most. */
const PART_BYTES = 8 << 20

/** Threads take a while to start: fewer bytes are read sooner without. */
const WORTH_IT = 2 * PART_BYTES

export class LogWorkers {
  readonly #count: number
  /** Bytes of logs that were read so far. */
  passed = 0
  readonly #literals: readonly Literal[]
  readonly #threads: Thread[] = []
  readonly #waiting: Asked[] = []
  readonly #free: Buffer[] = []
  readonly #wanted: ((block: Buffer) => void)[] = []
  #blocks = 0

  constructor(count: number, literals: readonly Literal[]) {
    this.#count = count
    this.#literals = literals
  }

  /** For a source that comes behind others. */
  behind(before: Promise<void>): PartReaders {
    return {
      count: this.#count,
      busy: this.#threads.length > 0 || this.passed >= WORTH_IT,
      lend: () => this.#lend(),
      giveBack: (block) => this.#giveBack(block),
      read: (input) => this.#read(input),
      turn: () => before,
    }
  }

  #lend(): Promise<Buffer> {
    const block = this.#free.pop()
    if (block !== undefined) return Promise.resolve(block)
    if (this.#blocks >= this.#count + 2) return new Promise((lent) => this.#wanted.push(lent))
    this.#blocks++
    return Promise.resolve(Buffer.from(new SharedArrayBuffer(PART_BYTES)))
  }

  #giveBack(block: Buffer): void {
    const next = this.#wanted.shift()
    if (next === undefined) this.#free.push(block)
    else next(block)
  }

  #read(input: PartInput): Promise<PartOutput> {
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
    if (this.#threads.length >= this.#count) return null
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
