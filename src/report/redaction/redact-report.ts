// A report without secrets and, in the strict profile, without identities; the proof of what was altered goes too.
import type { Report } from '../../model/index.ts'
import { createRedactor, type RedactionOptions, type Redactor } from './redactor.ts'

/** Fields that faultline writes itself. */
const OURS = new Set([
  'id',
  'cause',
  'causeFinding',
  'effectFinding',
  'rootCauses',
  'code',
  'state',
  'role',
  'severity',
  'kind',
  'signal',
  'sha256',
  'grammar',
  'uid',
  'proto',
  'connState',
  'history',
  'reader',
  'quality',
  'unit',
])

export interface RedactedReport {
  readonly report: Report
  readonly counts: Readonly<Record<string, number>>
}

/** The same report, fit to leave the machine; `report.redaction` says what was taken out. */
export async function redactReport(report: Report, options: RedactionOptions): Promise<RedactedReport> {
  const redactor = createRedactor(options)
  const copy: Report = structuredClone(report)
  await redactor.learn(textsOf(copy).join('\n'))
  for (const host of hostsOf(copy)) redactor.learnHost(host)
  if (options.profile !== 'none') rewrite(copy, redactor)
  const counts = redactor.counts()
  return { report: { ...copy, redaction: { profile: options.profile, counts } }, counts }
}

/** Keys of findings that name a machine; of the others nobody knows what their words are. */
const HOST_KEYS = ['host', 'server', 'name', 'server_name', 'client']

function hostsOf({ analysis }: Report): string[] {
  const keys = analysis.conclusion.findings.map(({ key }) => key)
  const words = keys.flatMap((key) => HOST_KEYS.map((name) => key[name]))
  return words.filter((word) => typeof word === 'string')
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** Changes every text of the copy in its place. */
function rewrite(node: object, redactor: Redactor): void {
  const before = Reflect.get(node, 'excerpt')
  for (const [name, value] of Object.entries(node)) {
    if (OURS.has(name)) continue
    if (name === 'communityId') Reflect.set(node, name, '')
    else if (typeof value === 'string') Reflect.set(node, name, redactor.redact(value))
    else if (typeof value === 'object' && value !== null) rewrite(value, redactor)
  }
  if (before !== Reflect.get(node, 'excerpt')) forgetDigest(Reflect.get(node, 'place'))
}

/** A CRC-32 of the original line would let anybody try short secrets until it fits. */
function forgetDigest(place: unknown): void {
  if (typeof place === 'object' && place !== null && 'digest' in place) place.digest = 0
}
