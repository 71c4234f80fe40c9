// The verdict: one sentence that says what broke first, since when, and what followed.
import type { Finding, FindingLink, Instant, Verdict } from '../model/index.ts'
import { formatDuration, formatInstant } from '../model/index.ts'
import { FOUND, WANTED } from './figures.ts'
import type { SourceView } from './watch.ts'

export function verdictOf(
  findings: readonly Finding[],
  links: readonly FindingLink[],
  sources: readonly SourceView[],
): Verdict {
  const roots = findings.filter((finding) => finding.role === 'root')
  const rootCauses = [...new Set(roots.map((finding) => finding.cause))]
  const [main] = roots
  if (main === undefined) return { sentence: quiet(findings, sources), rootCauses }
  const others = rootCauses.slice(1)
  const parts = [
    `${main.title} (${main.cause}, ${Math.round(main.confidence * 100)} % sure)`,
    likewise(main, roots),
    since(main),
    sized(main),
    followed(main, findings, links),
  ]
  const also = others.length === 0 ? '' : ` Independent of it: ${others.join(', ')}.`
  return { sentence: `${parts.filter((part) => part !== '').join(', ')}.${also}`, rootCauses }
}

/** The same cause may be a root elsewhere as well: in front of another server, at another time. */
function likewise({ cause }: Finding, roots: readonly Finding[]): string {
  const others = roots.filter((root) => root.cause === cause).length - 1
  return others === 0 ? '' : `and ${others} more like it`
}

/** Both numbers of a pool, where both are known. */
function sized({ figures }: Finding): string {
  const figureOf = (name: string) => figures.find((figure) => figure.name === name)?.value
  const [wanted, found] = [figureOf(WANTED), figureOf(FOUND)]
  return wanted === undefined || found === undefined
    ? ''
    : `${wanted} connections in use by Little's law for a pool of ${found}`
}

function since(finding: Finding): string {
  if (finding.first === null) return ''
  const lasted = (finding.last ?? finding.first) - finding.first
  return `since ${moment(finding.first)}${lasted > 0 ? ` for ${formatDuration(lasted)}` : ''}`
}

/** To the second: what a sentence bears. */
function moment(at: Instant): string {
  return `${(formatInstant(at) ?? '').slice(0, 19).replace('T', ' ')} UTC`
}

function followed(root: Finding, findings: readonly Finding[], links: readonly FindingLink[]): string {
  const effects = new Set(links.filter((link) => link.causeFinding === root.id).map((link) => link.effectFinding))
  const causes = [...new Set(findings.filter((finding) => effects.has(finding.id)).map((finding) => finding.cause))]
  return causes.length === 0 ? '' : `which led to ${causes.join(', ')}`
}

function quiet(findings: readonly Finding[], sources: readonly SourceView[]): string {
  const records = sources.reduce((sum, source) => sum + source.records, 0)
  const looked = `${counted(records, 'record')} of ${counted(sources.length, 'source')} ${records === 1 ? 'was' : 'were'} looked at`
  const suspects = [...new Set(findings.map((finding) => finding.cause))]
  if (records === 0) return 'Nothing could be read, so nothing can be said.'
  return suspects.length === 0
    ? `No root cause found: ${looked}.`
    : `No root cause found: ${looked}; worth a second look: ${suspects.join(', ')}.`
}

function counted(count: number, noun: string): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${noun}${count === 1 ? '' : 's'}`
}
