// The examples of the rules, run: their text goes through the readers, their facts into the engine, and what came out is compared.
import { crc32 } from 'node:zlib'
import { compileTest, createScanner, Engine, Look, type SourceView } from './engine/index.ts'
import { printTest } from './language/index.ts'
import { readLog } from './logs/index.ts'
import {
  type Conclusion,
  type Example,
  type Expectation,
  type Fact,
  type FieldValue,
  type Finding,
  type Instant,
  type RuleSet,
  type Scanner,
  type SourceSummary,
  Tally,
} from './model/index.ts'

export interface ExampleResult {
  readonly example: Example
  /** What was expected and did not come; empty where the example holds. */
  readonly failures: readonly string[]
  /** Causes found with role root or suspect that no expectation names. */
  readonly surprises: readonly string[]
}

/** Runs every example against all rules, in the order they stand in. */
export async function runExamples(rules: RuleSet): Promise<ExampleResult[]> {
  const results: ExampleResult[] = []
  for (const example of rules.examples) results.push(await runExample(example, rules))
  return results
}

export async function runExample(example: Example, rules: RuleSet): Promise<ExampleResult> {
  const conclusion = await concludeExample(example, rules)
  const failures = example.expect.flatMap((expectation) => failureOf(expectation, conclusion, example))
  const named = new Set(example.expect.map(({ cause }) => cause))
  const surprises = conclusion.findings.filter(({ role, cause }) => role !== 'symptom' && !named.has(cause))
  return { example, failures, surprises: [...new Set(surprises.map(({ cause }) => cause))] }
}

/** What the engine makes of an example's input. */
export async function concludeExample(example: Example, rules: RuleSet): Promise<Conclusion> {
  const engine = new Engine(rules)
  const scanner = engine.seesAll ? null : createScanner(engine.literals())
  const files = [...example.given].sort((a, b) => (a.file < b.file ? -1 : 1))
  const sources: SourceView[] = []
  for (const [index, { file, text }] of files.entries()) {
    const isFacts = file === 'facts'
    const summary = isFacts ? takeFacts(text, index, engine) : await takeLog({ file, text, index, engine, scanner })
    sources.push({ path: file, isCapture: isFacts, ...summary, shift: 0 })
  }
  return engine.conclude({ sources, ranks: sources.map((_, index) => index) })
}

interface GivenLog {
  readonly file: string
  readonly text: string
  readonly index: number
  readonly engine: Engine
  readonly scanner: Scanner | null
}

function takeLog({ file, text, index, engine, scanner }: GivenLog): Promise<SourceSummary> {
  const content = new TextEncoder().encode(text)
  let at = 0
  const read = (target: Uint8Array) => {
    const part = content.subarray(at, at + target.length)
    target.set(part)
    at += part.length
    return part.length
  }
  const options = {
    source: index,
    path: file,
    head: content.subarray(0, 65_536),
    modified: null,
    scanner,
    zone: null,
    year: null,
  }
  return readLog({ read }, options, { event: (event) => void engine.take(event, file), notice: () => {} })
}

/** Facts stand a line each: time, kind, `name=value` pairs. */
function takeFacts(text: string, source: number, engine: Engine): Omit<SourceSummary, 'coverage' | 'clock'> {
  const tally = new Tally()
  const facts = text.split('\n').flatMap((line, at) => factOf(line, at + 1, source))
  for (const fact of facts) {
    engine.take(fact, 'facts')
    const { status, duration, origin } = fact.fields
    if (fact.kind !== 'http.request' || fact.time === null || typeof status !== 'number') continue
    const { servers, applications, clients } = tally
    const counts = origin === 'application' ? applications : origin === 'client' ? clients : servers
    counts.add(fact.time, status, typeof duration === 'number' ? duration : null)
  }
  const times = facts.flatMap(({ time }) => (time === null ? [] : [time]))
  const [first, last] = times.length === 0 ? [null, null] : [Math.min(...times), Math.max(...times)]
  return { reader: 'pcap', bytes: text.length, records: facts.length, first, last, tally }
}

function factOf(line: string, packet: number, source: number): Fact[] {
  const [when, kind, ...rest] = line.trim().split(/\s+/)
  if (when === undefined || kind === undefined || when.startsWith('#')) return []
  const fields: Record<string, FieldValue> = {}
  for (const [, name = '', quoted, bare] of rest.join(' ').matchAll(/([\w.]+)=(?:"([^"]*)"|(\S*))/g)) {
    fields[name] = quoted ?? readValue(bare ?? '')
  }
  const place = { kind: 'packet', packet, offset: packet, length: line.length, digest: crc32(line) } as const
  return [{ kind, source, time: timeOf(when), quality: 'exact', place, excerpt: line.trim(), fields }]
}

/** `10:00:00` stands for that time on 2025-03-01. */
function timeOf(text: string): Instant {
  const whole = /^\d\d:/.test(text) ? `2025-03-01T${text}` : text
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(whole) ? whole : `${whole}Z`) * 1000
}

const UNITS: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1e6, m: 6e7, h: 3.6e9 }

function readValue(text: string): FieldValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const [, amount, unit] = /^(-?\d+(?:\.\d+)?)(us|ms|s|m|h)?$/.exec(text) ?? []
  if (amount === undefined) return text
  return unit === undefined ? Number(amount) : Math.round(Number(amount) * (UNITS[unit] ?? 1))
}

function failureOf(expectation: Expectation, conclusion: Conclusion, example: Example): string[] {
  const { cause, where } = expectation
  const found = conclusion.findings.filter((finding) => finding.cause === cause)
  const fitting = found.filter((finding) => isAsked(finding, expectation))
  const seen = found.length === 0 ? 'none was found' : `found ${found.map(describe).join('; ')}`
  const asked =
    where === null ? '' : ` with ${(where.kind === 'and' ? where.tests : [where]).map(printTest).join(', ')}`
  switch (expectation.kind) {
    case 'finding':
      return fitting.some(({ role }) => role === 'root') ? [] : [`wants ${cause} as root${asked}: ${seen}`]
    case 'suspect':
      return fitting.some(({ role }) => role === 'suspect') ? [] : [`wants ${cause} as suspect${asked}: ${seen}`]
    case 'symptom':
      return fitting.some((finding) => isSymptom(finding, expectation.of, conclusion))
        ? []
        : [`wants ${cause} as symptom${expectation.of === null ? '' : ` of ${expectation.of}`}${asked}: ${seen}`]
    case 'no':
      return fitting.length === 0 ? [] : [`wants no ${cause}${asked}: ${seen}`]
    case 'nothing-else':
      return others(conclusion, example).map((finding) => `wants nothing else: ${describe(finding)}`)
    default:
      return expectation.kind satisfies never
  }
}

function describe(finding: Finding): string {
  const key = Object.entries(finding.key).map(([name, value]) => `${name}=${value}`)
  return `${finding.cause} ${finding.role} ${finding.confidence} ${key.join(' ')}`
}

function others(conclusion: Conclusion, example: Example): Finding[] {
  const named = new Set(example.expect.filter(({ kind }) => kind !== 'nothing-else').map(({ cause }) => cause))
  return conclusion.findings.filter(({ role, cause }) => role === 'root' && !named.has(cause))
}

function isSymptom(finding: Finding, of: string | null, conclusion: Conclusion): boolean {
  if (finding.role !== 'symptom') return false
  const causes = new Map(conclusion.findings.map(({ id, cause }) => [id, cause]))
  const links = conclusion.links.filter((link) => link.effectFinding === finding.id)
  return of === null || links.some((link) => causes.get(link.causeFinding) === of)
}

/** `with` asks the key, and `confidence count severity role`. */
function isAsked(finding: Finding, { where }: Expectation): boolean {
  if (where === null) return true
  const { confidence, count, severity, role, key, title } = finding
  const look = new Look()
  const place = { kind: 'packet', packet: 0, offset: 0, length: 0, digest: 0 } as const
  const fields = { ...key, confidence, count, severity, role, title }
  look.aim({ kind: 'finding', source: 0, time: finding.first, quality: 'exact', place, excerpt: title, fields }, '')
  return compileTest(where)(look)
}
