// The main job: a bundle goes through the readers into the engine and the store; an analysis comes out.
import { createScanner, Engine } from './engine/index.ts'
import { interruptible } from './interruptible.ts'
import { journalSource } from './journal-source.ts'
import { LogWorkers } from './log-workers.ts'
import { readJournalFile, startLog } from './logs/index.ts'
import { loadMore } from './memory.ts'
import {
  type Analysis,
  type Event,
  isMistake,
  type Literal,
  type Notice,
  type PacketSink,
  type Scanner,
  type Source,
  type SourceSummary,
} from './model/index.ts'
import { compareNotices, compareText, exitOf, type Gates } from './outcome.ts'
import type { readCapture } from './packets/index.ts'
import { labelOf, minutesIn, onTime, type ReadSource, reportOf, unread, viewOf } from './read-source.ts'
import type { LoadedRules } from './rules.ts'
import { bundleKindsOf, DEFAULT_LIMITS, openBundle, unpackXz } from './sources/index.ts'
import { createStore, type StoreWriter } from './store/index.ts'

export interface AnalyzeInput extends Gates {
  readonly paths: readonly string[]
  readonly store: string
  readonly rules: LoadedRules
  readonly version: string
  /** The command line, for provenance. */
  readonly command: string
  readonly zone: string | null
  readonly year: number | null
  /** Events outside are not looked at; microseconds. */
  readonly since: number | null
  readonly until: number | null
  readonly stdin: AsyncIterable<Uint8Array>
  readonly progress: (bytes: number, total: number) => void
  /** Threads that read large logs. */
  readonly jobs: number
  /** Aborted when the person interrupts: what was found so far is kept. */
  readonly interrupt: AbortSignal
  /** Milliseconds of a clock that only runs forward. */
  readonly now: () => number
}

/** Events of one source that go into the store; all are counted, and the evidence is kept beside them. */
const STORED_EVENTS = 20_000

/** @throws FaultlineError for paths that do not exist or a store that cannot be written */
export async function analyze(input: AnalyzeInput): Promise<Analysis> {
  const started = input.now()
  const ingest = new Ingest(input)
  try {
    const sha256 = await ingest.readAll()
    return ingest.conclude(sha256, () => Math.round(input.now() - started))
  } catch (error) {
    ingest.abandon()
    throw error
  } finally {
    await ingest.close()
  }
}

/** The state of one run: what was read so far, by the order of reading. */
class Ingest {
  readonly #input: AnalyzeInput
  readonly #engine: Engine
  readonly #literals: readonly Literal[]
  #scanner: Scanner | null = null
  readonly #store: StoreWriter
  readonly #workers: LogWorkers | null
  readonly #read: ReadSource[] = []
  readonly #notices: Notice[] = []
  #started = 0
  /** Comes when all sources so far have been taken, in their order. */
  #taken: Promise<void> = Promise.resolve()

  constructor(input: AnalyzeInput) {
    this.#input = input
    this.#engine = new Engine(input.rules.rules)
    this.#literals = this.#engine.literals()
    this.#workers = input.jobs > 1 && !this.#engine.seesAll ? new LogWorkers(input.jobs - 1, this.#literals) : null
    this.#store = createStore(input.store)
  }

  /** @returns the bundle's identity */
  async readAll(): Promise<string> {
    const { paths, interrupt, progress, stdin } = this.#input
    let total = 0
    const notice = (one: Notice) => this.#notices.push(one)
    const bundle = await openBundle(paths, {
      limits: DEFAULT_LIMITS,
      notice,
      stdin,
      progress: (bytes) => progress(bytes, total),
    })
    total = bundle.totalBytes
    for await (const source of bundle.members) {
      if (interrupt.aborted) break
      await this.#readSource(source)
    }
    await this.#workers?.finish()
    await this.#taken
    this.#workers?.dismiss()
    if (interrupt.aborted)
      notice({
        source: '',
        code: 'interrupted',
        offset: null,
        detail: 'The run was interrupted; what was read before is kept.',
      })
    return bundle.identity()
  }

  async #readSource(source: Source): Promise<void> {
    const index = this.#started++
    const before = this.#taken
    if (source.content === 'text' && this.#isAll(source.path)) this.#engine.expectOne()
    if (source.charset === 'windows-1252') this.#notices.push(guessedCharset(source))
    const sink = this.#sink(index, source.path)
    const label = labelOf(source)
    const given = (error: unknown) => this.#giveUp(source, error)
    const { summary } = await this.#start(source, { index, sink, before }).catch((error) => {
      return { summary: before.then(() => given(error)) }
    })
    this.#taken = summary.catch(given).then(async (one) => {
      await before
      this.#read.push({ source: label, summary: one, events: sink.taken() })
      if (this.#workers !== null) this.#workers.passed += one.bytes
    })
    // Whoever waits for it hears of its failure.
    this.#taken.catch(() => undefined)
    if (source.content !== 'text') await this.#taken
    if (sink.journal.length > 0) await this.#readSource(journalSource(source, sink.journal))
  }

  /** A mistake of faultline's own costs what is left of one source; the rest of the bundle is read. Debugging it ends the run. */
  #giveUp(source: Source, error: unknown): SourceSummary {
    if (!isMistake(error) || process.env.FAULTLINE_DEBUG) throw error
    const detail = `faultline failed while it read this (${error.message}): what it had read is kept. Please report it.`
    this.#notices.push({ source: source.path, code: 'reader-failed', offset: null, detail })
    return unread(source)
  }

  /** Whether one file was given that is no archive: those of a folder and members of archives have names of their own. */
  #isAll(path: string): boolean {
    const { paths } = this.#input
    return paths.length === 1 && paths[0] === path
  }

  /** @returns once the source need not be read any further */
  async #start(
    source: Source,
    { index, sink, before }: { index: number; sink: PacketSink; before: Promise<void> },
  ): Promise<{ readonly summary: Promise<SourceSummary> }> {
    const { zone, year, interrupt } = this.#input
    const from = interruptible(source, interrupt)
    const { path, head, modified } = source
    const optionsOf = () => ({ source: index, path, head, modified, scanner: this.#scannerOfAll(), zone, year })
    const workers = this.#workers
    if (source.content === 'text') {
      const options = optionsOf()
      const readers = options.scanner === null ? null : (workers?.behind(before, options.scanner) ?? null)
      return startLog({ ...from, options, sink, readers })
    }
    await workers?.finish()
    await before
    switch (source.content) {
      case 'capture':
        return { summary: readPackets(from.bytes, { source: index, path }, sink) }
      case 'journal':
        return { summary: readJournalFile(from.bytes, { ...optionsOf(), unpackXz }, sink) }
      case 'binary':
      case 'empty':
        return { summary: Promise.resolve(unread(source)) }
      default:
        return source.content satisfies never
    }
  }

  /** Made with the first log: captures have no lines. */
  #scannerOfAll(): Scanner | null {
    if (this.#engine.seesAll) return null
    this.#scanner ??= createScanner(this.#literals)
    return this.#scanner
  }

  #sink(index: number, path: string): PacketSink & { taken(): number; journal: Uint8Array[] } {
    const store = this.#store
    const journal: Uint8Array[] = []
    let taken = 0
    return {
      journal,
      taken: () => taken,
      event: (event) => {
        if (!this.#isAsked(event) || !this.#engine.take(event, path)) return
        taken++
        if (taken <= STORED_EVENTS) store.event(event)
      },
      notice: (notice) => this.#notices.push(notice),
      connection: (row) => store.connection(index, row),
      dns: (row) => {
        this.#engine.takeAnswer(row.query, row.answers)
        store.dns(index, row)
      },
      tls: (row) => store.tls(index, row),
      http: (row) => store.http(index, row, 'packets'),
      icmp: (row) => store.icmp(index, row),
      journalEntry: (bytes) => journal.push(bytes.slice()),
    }
  }

  #isAsked({ time }: Event): boolean {
    const { since, until } = this.#input
    return time === null || ((since === null || time >= since) && (until === null || time <= until))
  }

  conclude(sha256: string, elapsed: () => number): Analysis {
    const order = this.#read.map((_, index) => index).sort((a, b) => compareText(this.#path(a), this.#path(b)) || a - b)
    const ranks = order.reduce<number[]>((list, index, rank) => {
      list[index] = rank
      return list
    }, [])
    const sorted = order.flatMap((index) => this.#read[index] ?? [])
    const { notices, clocks, ...conclusion } = this.#engine.conclude({ sources: sorted.map(viewOf), ranks })
    const timed = sorted.map((read, rank) => onTime(read, clocks[rank] ?? { clock: read.summary.clock, shift: 0 }))
    for (const [rank, { shift }] of clocks.entries()) if (shift !== 0) this.#store.shift(order[rank] ?? -1, shift)
    const problems = [...this.#notices, ...notices].sort(compareNotices)
    const analysis: Analysis = {
      run: {
        version: this.#input.version,
        grammar: this.#input.rules.name,
        command: this.#input.command,
        exit: exitOf(this.#input, conclusion, problems),
        durationMs: elapsed(),
      },
      bundle: {
        paths: [...this.#input.paths].sort(),
        sha256,
        kinds: bundleKindsOf(sorted.map((one) => one.source.path)),
      },
      sources: timed.map(reportOf),
      minutes: minutesIn(timed, clocks),
      conclusion,
      problems,
    }
    this.#store.finish(analysis, this.#input.rules.rules.causes, ranks)
    return analysis
  }

  abandon(): void {
    this.#store.abandon()
  }

  async close(): Promise<void> {
    await this.#workers?.close()
  }

  #path(index: number): string {
    return this.#read[index]?.source.path ?? ''
  }
}

/** The readers of packets are loaded with the first capture: most bundles of logs have none. */
async function readPackets(...input: Parameters<typeof readCapture>): Promise<SourceSummary> {
  const packets = await loadMore(() => import('./packets/index.ts'))
  return packets.readCapture(...input)
}

/** Bytes that no other character set fits fit this one always: a guess that is told. */
function guessedCharset({ path }: Source): Notice {
  return { source: path, code: 'invalid-encoding', offset: null, detail: 'is not valid UTF-8; read as windows-1252' }
}
