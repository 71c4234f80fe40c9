// Checks: for every cause whether it was found, is clean, had no data to look at, or stays open.
import type { Cause, Check, Condition, Finding, RuleSet, Signal } from '../model/index.ts'
import type { SourceView } from './watch.ts'

export interface CheckInput {
  readonly rules: RuleSet
  readonly findings: readonly Finding[]
  readonly sources: readonly SourceView[]
  /** What could not be observed, by cause. */
  readonly open: ReadonlyMap<string, string>
}

export function checksOf(input: CheckInput): Check[] {
  const found = new Set(input.findings.map((finding) => finding.cause))
  const signals = new Map(input.rules.signals.map((signal) => [signal.name, signal]))
  return input.rules.causes
    .map((cause) => {
      const examined = examinedBy(cause, signals, input.sources)
      const open = input.open.get(cause.id) ?? null
      const state = found.has(cause.id) ? 'found' : examined === 0 ? 'no-data' : open === null ? 'clean' : 'open'
      return { cause: cause.id, state, examined, open: state === 'open' ? open : null } as const
    })
    .sort((a, b) => (a.cause < b.cause ? -1 : 1))
}

/** Records of the sources that could have shown the cause. */
function examinedBy(cause: Cause, signals: ReadonlyMap<string, Signal>, sources: readonly SourceView[]): number {
  const origins = cause.evidence.flatMap(({ when }) => selectionsOf(when)).map((name) => signals.get(name) ?? name)
  return sources
    .filter((source) => origins.some((origin) => couldShow(source, origin)))
    .reduce((sum, source) => sum + source.records, 0)
}

function couldShow(source: SourceView, origin: Signal | string): boolean {
  const kind = typeof origin === 'string' ? origin : origin.from
  if (kind === 'log') {
    const readers = typeof origin === 'string' ? [] : origin.readers
    return !source.isCapture && (readers.length === 0 || readers.some((reader) => isReader(source.reader, reader)))
  }
  return kind.startsWith('http.') || (kind.startsWith('host.') ? source.reader === 'samples' : source.isCapture)
}

/** `nginx` names `nginx-access` and `nginx-error`. */
export function isReader(name: string, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted}-`)
}

/** Names of the signals and facts a condition asks. */
export function selectionsOf(condition: Condition): string[] {
  switch (condition.kind) {
    case 'count':
      return [condition.step.select.signal]
    case 'all':
      return condition.steps.map((step) => step.select.signal)
    case 'sequence':
      return [...condition.steps, ...condition.until].map((step) => step.select.signal)
    case 'measure':
    case 'trend':
      return [condition.meter.select.signal]
    case 'fact':
      return [condition.select.signal]
    case 'and':
      return condition.conditions.flatMap(selectionsOf)
    default:
      return condition satisfies never
  }
}
