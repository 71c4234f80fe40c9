// SARIF 2.1.0 (OASIS): one result a finding, for code hosts and viewers that read this format.
import type { Invocation, Location, Log, Notification, ReportingDescriptor, Result } from 'sarif'
import {
  type Analysis,
  type Evidence,
  type Finding,
  formatInstant,
  isLoss,
  type Notice,
  type Renderer,
  type Report,
  type RuleSeverity,
} from '../model/index.ts'
import { pathOf } from './summary.ts'
import { type Ties, tiesOf } from './ties.ts'

/** Code hosts refuse more (GitHub: at most 1,000; viewers grow slow far below). */
const LOCATION_LIMIT = 100

const LEVELS: Readonly<Record<RuleSeverity, Result.level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}

/** GitHub orders results by this number, 0 to 10. */
const SCORES: Readonly<Record<RuleSeverity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '1.0',
}

export const sarif: Renderer = {
  format: 'sarif',
  suffix: 'sarif',
  render: (report) => `${JSON.stringify(log(report), null, 2)}\n`,
}

function log({ analysis }: Report): Log {
  const { findings } = analysis.conclusion
  const rules = [...new Map(findings.map((finding) => [finding.cause, rule(finding)])).values()]
  const ties = tiesOf(analysis.conclusion.links)
  const driver = {
    name: 'faultline',
    semanticVersion: analysis.run.version,
    properties: { grammar: analysis.run.grammar },
    rules,
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        invocations: [invocation(analysis)],
        artifacts: analysis.sources.map(({ path, bytes }) => ({ location: { uri: uri(path) }, length: bytes })),
        results: findings.map((finding) => result(finding, { rules, ties, analysis })),
        columnKind: 'utf16CodeUnits',
        properties: { verdict: analysis.conclusion.verdict.sentence, bundleSha256: analysis.bundle.sha256 },
      },
    ],
  }
}

function rule({ cause, severity, remedy }: Finding): ReportingDescriptor {
  const help = [remedy.now, remedy.next, remedy.lasting].filter((text) => text !== '').join('\n')
  return {
    id: cause,
    name: cause.replace(/(?:^|[.-])([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: cause },
    ...(help === '' ? {} : { help: { text: help, markdown: help } }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'security-severity': SCORES[severity] },
  }
}

function invocation({ run, problems }: Analysis): Invocation {
  return {
    executionSuccessful: run.exit === 0 || run.exit === 3 || run.exit === 4,
    exitCode: run.exit,
    commandLine: run.command,
    toolExecutionNotifications: problems.map(notification),
  }
}

function notification(notice: Notice): Notification {
  const physicalLocation = {
    artifactLocation: { uri: uri(notice.source) },
    ...(notice.offset === null ? {} : { region: { byteOffset: notice.offset } }),
  }
  return {
    level: isLoss(notice) ? 'warning' : 'note',
    message: { text: literal(notice.detail) },
    descriptor: { id: notice.code },
    locations: [{ physicalLocation }],
  }
}

interface Told {
  readonly rules: readonly { readonly id: string }[]
  readonly ties: Ties
  readonly analysis: Analysis
}

function result(finding: Finding, { rules, ties, analysis }: Told): Result {
  const held = finding.evidence.filter(({ role }) => role !== 'counter')
  const against = finding.evidence.filter(({ role }) => role === 'counter')
  return {
    ruleId: finding.cause,
    ruleIndex: rules.findIndex(({ id }) => id === finding.cause),
    // SARIF 2.1.0 section 3.27.10: what does not fail has the level none.
    ...(finding.role === 'suspect'
      ? { kind: 'review', level: 'none' }
      : { kind: 'fail', level: LEVELS[finding.severity] }),
    rank: Math.round(finding.confidence * 1000) / 10,
    message: { text: literal(finding.title) },
    locations: held.slice(0, LOCATION_LIMIT).map((evidence) => location(evidence, analysis)),
    ...(against.length === 0
      ? {}
      : { relatedLocations: against.slice(0, LOCATION_LIMIT).map((one) => location(one, analysis)) }),
    partialFingerprints: { 'faultline/v1': finding.id },
    occurrenceCount: Math.max(1, finding.count),
    properties: {
      role: finding.role,
      key: finding.key,
      first: formatInstant(finding.first),
      last: formatInstant(finding.last),
      evidenceOmitted: finding.evidenceOmitted + Math.max(0, held.length - LOCATION_LIMIT),
      explainedBy: ties.causesOf(finding.id),
    },
  }
}

function location({ source, place, excerpt, signal, time }: Evidence, analysis: Analysis): Location {
  const bytes = { byteOffset: place.offset, byteLength: place.length, snippet: { text: excerpt.toWellFormed() } }
  const region = place.kind === 'line' ? { startLine: place.line, endLine: place.lineEnd, ...bytes } : bytes
  const where = place.kind === 'packet' ? `packet ${place.packet}, ${signal}` : signal
  const at = formatInstant(time)
  return {
    physicalLocation: {
      artifactLocation: { uri: uri(pathOf(analysis, source)), index: source },
      region,
    },
    message: { text: at === null ? where : `${where}, ${at}` },
  }
}

/** Braces around a number would be a placeholder (section 3.11.5). */
function literal(text: string): string {
  return text.toWellFormed().replace(/\{(\d+)\}/g, '{{$1}}')
}

/** A relative reference (RFC 3986): a label is a name, so all but its slashes is encoded; no scheme can begin it. */
function uri(path: string): string {
  const encoded = path.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return encoded.startsWith('//') ? `/${encoded.replace(/^\/+/, '')}` : encoded
}
