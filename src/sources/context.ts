// What every layer of one bundle shares: limits, notices, the ledger and progress.
import type { Notice, NoticeCode } from '../model/index.ts'
import { Ledger } from './ledger.ts'
import { Budget, type Limits } from './limits.ts'

/** Once one of these is said of a label, the rest follows from it and is not said again. */
const FATAL: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  'not-readable',
  'archive-damaged',
  'compression-damaged',
  'encrypted',
  'limit-size',
  'limit-ratio',
])

export class Context {
  readonly budget: Budget
  readonly ledger = new Ledger()
  readonly #tell: (notice: Notice) => void
  readonly #progress: ((bytesReadFromDisk: number) => void) | undefined
  readonly #failed = new Set<string>()
  #bytesRead = 0

  constructor(limits: Limits, tell: (notice: Notice) => void, progress?: (bytesReadFromDisk: number) => void) {
    this.budget = new Budget(limits)
    this.#tell = tell
    this.#progress = progress
  }

  notice(source: string, code: NoticeCode, offset: number | null, detail: string): void {
    if (FATAL.has(code)) {
      if (this.#failed.has(source)) return
      this.#failed.add(source)
    }
    this.#tell({ source, code, offset, detail })
  }

  /** Whether it was said of this label that it could not be read to its end. */
  hasFailed(label: string): boolean {
    return this.#failed.has(label)
  }

  progress(bytes: number): void {
    this.#bytesRead += bytes
    this.#progress?.(this.#bytesRead)
  }
}
