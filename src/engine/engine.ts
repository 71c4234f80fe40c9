// The engine: follows what the rules ask while events pass, and concludes when all have been seen.
import type {
  Conclusion,
  Duration,
  Event,
  FieldValue,
  Instant,
  Literal,
  Notice,
  RuleSet,
  Selection,
} from '../model/index.ts'
import { isLogEvent, Tally } from '../model/index.ts'
import { Aliases, namesPeer } from './aliases.ts'
import { draftFindings, type WatchedCause } from './cause-findings.ts'
import { checksOf } from './check.ts'
import { Classifier, type Route } from './classifier.ts'
import { agreeOnTime, skewOf } from './clocks/agreement.ts'
import type { Agreement } from './clocks/clocked.ts'
import { Marks } from './clocks/marks.ts'
import { skewFact } from './clocks/skew-fact.ts'
import { watch } from './condition.ts'
import { Prints } from './duplicates.ts'
import { explain } from './explanation.ts'
import { withFigures } from './figures.ts'
import { asHeard, type Heard, heardIn } from './heard.ts'
import { Ledger, type Measure } from './ledger.ts'
import { compileTest } from './question.ts'
import { findingOf, withOwnNames } from './quotation.ts'
import type { Row } from './row.ts'
import { TemplateMiner } from './template-miner.ts'
import { uncovered } from './uncovered.ts'
import { verdictOf } from './verdict.ts'
import type { Measured, Scene, SourceView } from './watch.ts'

/** Lines with one of these are read although no rule asks for them: they may be what no rule explains. */
const TROUBLE: readonly Literal[] = [
  ...['ERROR', 'error', 'FATAL', 'Exception', 'panic', 'CRITICAL', 'Traceback'],
  // An event of Kubernetes.
  ...['"type":"Warning"', '"type": "Warning"'],
].map((text) => ({ text, anyCase: false }))

export interface ConclusionInput {
  /** In final order: sorted by path. */
  readonly sources: readonly SourceView[]
  /** Final index of each source by the index its events carry. */
  readonly ranks: readonly number[]
}

/** A source's clock as it turned out, and how far its times were moved in all. */
export type SourceClock = Pick<Agreement, 'clock' | 'shift'>

export interface EngineConclusion extends Conclusion {
  readonly notices: readonly Notice[]
  /** Of each source, in final order. */
  readonly clocks: readonly SourceClock[]
}

export class Engine {
  readonly #rules: RuleSet
  readonly #ledgers = new Map<string, Ledger>()
  readonly #routes = new Map<string, Route[]>()
  readonly #causes: readonly WatchedCause[]
  readonly #classifier: Classifier
  readonly #miner = new TemplateMiner()
  readonly #marks = new Marks()
  readonly #aliases = new Aliases()
  readonly #prints = new Prints()
  #isAlone = false
  /** Of each ledger the places in its key that name a peer. */
  readonly #peers = new Map<Ledger, ReadonlySet<number>>()

  constructor(rules: RuleSet) {
    this.#rules = rules
    this.#causes = rules.causes.map((cause) => ({
      cause,
      evidence: cause.evidence.map(({ strength, when }) => ({
        strength,
        watch: watch(
          when,
          cause.key,
          (selection, by, measured) => this.#follow(selection, by, measured),
          cause.options,
        ),
      })),
    }))
    this.#classifier = new Classifier(rules, this.#routes)
  }

  /** What a scanner has to look for so that no event is missed. */
  literals(): readonly Literal[] {
    if (this.#rules.literals !== undefined) return this.#rules.literals
    const followed = this.#rules.signals.filter((signal) => signal.from === 'log' && this.#routes.has(signal.name))
    return uncovered([...followed.flatMap((signal) => signal.literals), ...TROUBLE])
  }

  /** A signal names no literal: every record of every log must be seen. */
  get seesAll(): boolean {
    return this.#classifier.seesAll
  }

  /** All events will be of one source: there is none to compare it with. */
  expectOne(): void {
    this.#isAlone = true
  }

  /** Whether the event speaks for or against any cause. */
  take(event: Event, source: string): boolean {
    const isTaken = this.#classifier.take(event, source)
    if (!this.#isAlone) {
      this.#marks.add(event)
      this.#prints.add(event)
    }
    if (isTaken) this.#aliases.add(event)
    if (!isTaken && isLogEvent(event) && isTroubled(event.severity)) this.#miner.add(event)
    return isTaken
  }

  /** Takes what a name server answered: findings by the name and by the address are one. */
  takeAnswer(name: string, answers: readonly string[]): void {
    this.#aliases.tie(name, answers)
  }

  /** To be called once, when all has been taken. */
  conclude(given: ConclusionInput): EngineConclusion {
    const clocks = this.#agreeOnTime(given)
    const repeats = this.#prints.repeats(given.sources, given.ranks)
    const heard = heardIn(given.sources.map(({ tally }) => tally))
    const sources = given.sources.map((source, rank) => {
      const tally = repeats.has(rank) ? new Tally() : asHeard(source.tally, heard)
      return moved({ ...source, tally }, clocks[rank]?.shift ?? source.shift)
    })
    const input = { sources, ranks: given.ranks, repeats, heard }
    const shifts = input.ranks.map((rank) => input.sources[rank]?.shift ?? 0)
    const rows = new Map<Ledger, readonly Row[]>()
    const open = new Map<string, string>()
    const drafts = this.#causes.flatMap((watched) =>
      draftFindings(watched, this.#scene({ input, shifts, rows, open, cause: watched.cause.id })),
    )
    const reportFrom = new Map(this.#rules.causes.map((cause) => [cause.id, cause.reportFrom]))
    const named = withOwnNames(drafts.map(findingOf))
    const rowsOf = new Map(named.map(({ id }, at) => [id, drafts[at]?.rows ?? []]))
    const explained = explain(named, this.#rules.explains, (cause) => reportFrom.get(cause) ?? 0.7)
    const { links } = explained
    const findings = explained.findings.map((one) => withFigures(one, rowsOf.get(one.id) ?? [], sources))
    const incident = findings.find((finding) => finding.role === 'root')?.first ?? null
    return {
      verdict: verdictOf(findings, links, input.sources),
      findings,
      links,
      checks: checksOf({ rules: this.#rules, findings, sources: input.sources, open }),
      unexplained: this.#miner.result({ ranks: input.ranks, shifts, incident, repeats }),
      notices: [...this.#notices(), ...repeatNotices(repeats, sources)],
      clocks: clocks.map(({ clock, shift }) => ({ clock, shift })),
    }
  }

  /** Compares the clocks of all sources; a clock that goes wrong is a fact that rules may ask for. */
  #agreeOnTime({ sources, ranks }: ConclusionInput): Agreement[] {
    const readings = sources.map((_, rank) => ranks.indexOf(rank))
    const clocked = sources.map((source, rank) => ({ source, marks: this.#marks.sources.get(readings[rank] ?? -1) }))
    const agreed = agreeOnTime(clocked)
    for (const [rank, agreement] of agreed.entries()) {
      const source = sources[rank]
      const skew = source === undefined ? 0 : skewOf(agreement, source)
      const fact = skewFact({ agreement, rank, skew, sources, readings })
      if (fact !== null && source !== undefined) this.#classifier.take(fact, source.path)
    }
    return agreed
  }

  #scene(at: {
    input: ConclusionInput & { readonly repeats: ReadonlyMap<number, number>; readonly heard: Heard }
    shifts: readonly number[]
    rows: Map<Ledger, readonly Row[]>
    open: Map<string, string>
    cause: string
  }): Scene {
    return {
      sources: at.input.sources,
      rows: (ledger) => {
        const known = at.rows.get(ledger)
        if (known !== undefined) return known
        const { ranks, repeats, heard } = at.input
        const rows = ledger.rows({
          rank: (source) => (repeats.has(ranks[source] ?? source) ? null : (ranks[source] ?? source)),
          shift: (source) => at.shifts[source] ?? 0,
          key: this.#resolving(ledger),
          heard,
        })
        at.rows.set(ledger, rows)
        return rows
      },
      origin: (signal) => this.#rules.signals.find(({ name }) => name === signal)?.from ?? signal,
      open: (reason) => at.open.set(at.cause, reason),
    }
  }

  /** Peers in keys stand by their address where that is known. */
  #resolving(ledger: Ledger): (key: readonly FieldValue[]) => readonly FieldValue[] {
    const peers = this.#peers.get(ledger)
    if (peers === undefined || peers.size === 0) return (key) => key
    return (key) => key.map((part, at) => (peers.has(at) ? this.#aliases.resolve(part) : part))
  }

  /** Conditions that ask the same share a ledger. */
  #follow(selection: Selection, by: readonly (string | null)[], measured?: Measured): Ledger {
    const name = JSON.stringify([selection, by, measured ?? null])
    const known = this.#ledgers.get(name)
    if (known !== undefined) return known
    const ledger = new Ledger(selection.signal, by, measured === undefined ? null : measureOf(measured))
    this.#ledgers.set(name, ledger)
    this.#peers.set(ledger, new Set(by.flatMap((field, at) => (namesPeer(field) ? [at] : []))))
    const route = { where: selection.where === null ? null : compileTest(selection.where), ledger }
    this.#routes.set(selection.signal, [...(this.#routes.get(selection.signal) ?? []), route])
    return ledger
  }

  #notices(): Notice[] {
    return [...this.#ledgers.values()]
      .filter((ledger) => ledger.omitted > 0)
      .map((ledger) => ({
        source: '',
        code: 'evidence-bounded' as const,
        offset: null,
        detail: `${ledger.omitted} more events of ${ledger.signal} were counted but not kept`,
      }))
  }
}

function repeatNotices(repeats: ReadonlyMap<number, number>, sources: readonly SourceView[]): Notice[] {
  return [...repeats].map(([rank, of]) => ({
    source: sources[rank]?.path ?? '',
    code: 'source-repeated',
    offset: null,
    detail: `holds the same as ${sources[of]?.path ?? ''}; what both tell is counted once`,
  }))
}

function moved(source: SourceView, shift: Duration): SourceView {
  const by = shift - source.shift
  const later = (time: Instant | null) => (time === null ? null : time + by)
  return { ...source, shift, first: later(source.first), last: later(source.last) }
}

function measureOf(measured: Measured): Measure {
  if (measured.kind === 'field') return (look) => look.field(measured.name)
  return compileTest(measured.test)
}

function isTroubled(severity: string | null): boolean {
  return severity === 'error' || severity === 'fatal' || severity === 'warn'
}
