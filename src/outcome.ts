// How a run ended: its exit code, and its notices in an order that does not hang on that of reading.
import { type Conclusion, type Finding, isLoss, type Notice } from './model/index.ts'

/** What the exit code is asked to tell. */
export interface Gates {
  /** Severities or causes that make the exit code 3. */
  readonly failOn: readonly string[]
  /** Lost input does not make it 4. */
  readonly allowPartial: boolean
}

/** Met gates count more than input that could not be read. */
export function exitOf({ failOn, allowPartial }: Gates, conclusion: Conclusion, problems: readonly Notice[]): number {
  const isGated = (finding: Finding) => failOn.includes(finding.severity) || failOn.includes(finding.cause)
  if (problems.some((notice) => notice.code === 'interrupted')) return 130
  if (conclusion.findings.some((finding) => finding.role !== 'suspect' && isGated(finding))) return 3
  return problems.some(isLoss) && !allowPartial ? 4 : 0
}

export function compareNotices(a: Notice, b: Notice): number {
  return (
    compareText(a.source, b.source) ||
    (a.offset ?? -1) - (b.offset ?? -1) ||
    compareText(a.code, b.code) ||
    compareText(a.detail, b.detail)
  )
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
