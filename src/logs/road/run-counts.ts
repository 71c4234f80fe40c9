// Lines that were counted one by one and share their time: how many of each severity, and how many go on with a record.
import type { Severity } from '../../model/index.ts'
import type { Log } from '../log.ts'
import type { Timed } from '../time/clock.ts'

export class RunCounts {
  readonly #log: Log
  readonly #counts = new Map<Severity | null, number>()
  #severity: Severity | null = null
  /** Lines of that severity, not yet among the counts. */
  #alike = 0
  #continued = 0

  constructor(log: Log) {
    this.#log = log
  }

  /** A record of one line. */
  add(severity: Severity | null): void {
    if (severity !== this.#severity) this.#gather()
    this.#severity = severity
    this.#alike++
  }

  /** Records like the last. */
  addAlike(lines: number): void {
    this.#alike += lines
  }

  /** Lines that go on with a record. */
  addContinued(lines: number): void {
    this.#continued += lines
  }

  /** States them all; `before` names what the lines that go on belong to, `name` the format of the others. */
  tell(timed: Timed, { before, name }: { readonly before: string; readonly name: string }): void {
    this.#gather()
    if (this.#continued > 0) this.#tell(before, timed, { severity: null, lines: this.#continued, records: 0 })
    this.#continued = 0
    for (const [severity, lines] of this.#counts) this.#tell(name, timed, { severity, lines, records: lines })
    this.#counts.clear()
  }

  #tell(
    name: string,
    timed: Timed,
    run: { readonly severity: Severity | null; readonly lines: number; readonly records: number },
  ): void {
    this.#log.count({ name, timed, ...run, only: 'counted' })
  }

  #gather(): void {
    if (this.#alike === 0) return
    this.#counts.set(this.#severity, (this.#counts.get(this.#severity) ?? 0) + this.#alike)
    this.#alike = 0
  }
}
