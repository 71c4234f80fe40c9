// Threads that read parts of large logs beside this one; started with the first part, so that small bundles pay nothing.
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import {
  claim,
  offer,
  readFileAt,
  type SharedOutput,
  type SharedPart,
  sharedClaims,
  type WorkerStart,
} from './log-claims.ts'
import { type AskedPart, type PartInput, type PartOutput, PartReader, type PartReaders } from './logs/index.ts'
import type { Literal, Scanner } from './model/index.ts'

interface Asked {
  readonly part: SharedPart
  readonly settle: (output: PartOutput | null) => void
  readonly fail: (cause: Error) => void
}

/** Threads take a while to start: fewer bytes are read sooner without. */
const SIZES = { least: 16 << 20, largest: 14 << 20, smallest: 1 << 20 }

/** Memory for a part of what does not lie on disk. */
const BLOCK_BYTES = 4 << 20

/** Of each thread: the part that it reads, those behind that one, and those it has read. */
const PARTS_EACH = 4

export class LogWorkers {
  readonly #count: number
  readonly #literals: readonly Literal[]
  /** Bytes of logs that were read so far. */
  passed = 0
  readonly #threads: Worker[] = []
  #dismissed: Promise<unknown> | null = null
  #reader: PartReader | null = null
  /** What is not read yet, by ticket, in the order in which it was asked. */
  readonly #asked = new Map<number, Asked>()
  #tickets = 0
  readonly #claims = sharedClaims()
  readonly #free: Buffer[] = []
  #blocks = 0
  /** Called with whatever a thread tells. */
  readonly #listeners: (() => void)[] = []

  /** @param count threads beside this one */
  constructor(count: number, literals: readonly Literal[]) {
    this.#count = count
    this.#literals = literals
  }

  /**
   * For a source that comes behind others.
   * @param scanner this thread's own
   */
  behind(before: Promise<void>, scanner: Scanner): PartReaders {
    this.#reader ??= new PartReader(scanner, readFileAt)
    return {
      busy: this.#threads.length > 0 || this.passed >= SIZES.least,
      before,
      turn: () => this.finish().then(() => before),
      sizes: SIZES,
      readAt: readFileAt,
      hasRoom: () => this.#hasRoom(),
      lend: () => this.#lend(),
      giveBack: (block) => void this.#free.push(block),
      read: (input) => this.#read(input),
      listen: () => setImmediate(),
      help: () => this.#help(),
    }
  }

  /** Reads here what nobody has begun, until all that was asked has been read. */
  async finish(): Promise<void> {
    while (this.#asked.size > 0) await this.#help()
  }

  /** Nothing more will be asked: the threads end while other things are done. */
  dismiss(): void {
    this.#dismissed ??= Promise.all(this.#threads.map((thread) => thread.terminate()))
  }

  async close(): Promise<void> {
    this.dismiss()
    await this.#dismissed
  }

  #hasRoom(): boolean {
    return this.#free.length > 0 || this.#blocks < 2 + PARTS_EACH * this.#count
  }

  async #lend(): Promise<Buffer> {
    while (!this.#hasRoom()) await this.#help()
    const block = this.#free.pop()
    if (block !== undefined) return block
    this.#blocks++
    return Buffer.from(new SharedArrayBuffer(BLOCK_BYTES))
  }

  #read(input: PartInput): AskedPart {
    const part = { ticket: ++this.#tickets, input }
    offer(this.#claims, part.ticket)
    const output = new Promise<PartOutput | null>((settle, fail) =>
      this.#asked.set(part.ticket, { part, settle, fail }),
    )
    while (this.#threads.length < this.#count) this.#threads.push(this.#start())
    // Whoever is free first claims it.
    for (const thread of this.#threads) thread.postMessage(part)
    return { output, claim: () => this.#claim(part) }
  }

  #claim(part: SharedPart): boolean {
    return claim(this.#claims, part.ticket) && this.#asked.delete(part.ticket)
  }

  async #help(): Promise<void> {
    for (const { part, settle } of this.#asked.values()) {
      if (!this.#claim(part)) continue
      settle((await this.#reader?.read(part.input)) ?? null)
      // What threads have told meanwhile is heard now.
      return setImmediate()
    }
    if (this.#asked.size === 0) return setImmediate()
    return new Promise((heard) => this.#listeners.push(heard))
  }

  #start(): Worker {
    // Sources run as they are, the build as JavaScript.
    const file = new URL(import.meta.url.endsWith('.ts') ? './log-worker.ts' : './log-worker.js', import.meta.url)
    const start: WorkerStart = { literals: this.#literals, claims: this.#claims }
    // Room for short-lived objects, in MB: that of a thread would stay at the one it begins with.
    setFlagsFromString('--min-semi-space-size=4')
    const limits = { maxYoungGenerationSizeMb: 16 }
    const worker = new Worker(file, { workerData: start, resourceLimits: limits })
    worker.on('message', ({ ticket, output }: SharedOutput) => {
      this.#asked.get(ticket)?.settle(output)
      this.#asked.delete(ticket)
      this.#hear()
    })
    worker.on('error', (cause: Error) => {
      for (const { fail } of this.#asked.values()) fail(cause)
      this.#asked.clear()
      this.#hear()
    })
    return worker
  }

  #hear(): void {
    for (const heard of this.#listeners.splice(0)) heard()
  }
}
