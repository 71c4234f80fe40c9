// What to do now (30 minutes), next (2 hours) and for good (24 hours), for each root cause.
import type { Finding, Remedy } from '../../model/index.ts'
import { type Block, code, type Inline, paragraph, prose, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'

const HORIZONS: readonly { readonly part: keyof Remedy; readonly id: string; readonly title: string }[] = [
  { part: 'now', id: 'do-now', title: 'Now: within 30 minutes' },
  { part: 'next', id: 'do-next', title: 'Next: within 2 hours' },
  { part: 'lasting', id: 'do-lasting', title: 'For good: within 24 hours' },
]

export function remedies({ report, roots }: Frame): Section | null {
  const suspects = report.analysis.conclusion.findings.filter(({ role }) => role === 'suspect')
  const causes = roots.length > 0 ? roots : suspects
  if (causes.length === 0) return null
  const steps = HORIZONS.map(({ part, id, title }) => horizon({ part, id, title }, causes)).filter(
    (step) => step !== null,
  )
  const caution: Block[] = roots.length > 0 ? [] : [paragraph('No cause is proven; these steps test the suspects.')]
  return { kind: 'section', id: 'remedies', title: ['What to do'], rank: 2, blocks: [...caution, ...steps] }
}

function horizon(step: (typeof HORIZONS)[number], causes: readonly Finding[]): Section | null {
  const seen = new Set<string>()
  const items: Inline[] = []
  for (const { cause, remedy } of causes) {
    const text = remedy[step.part]
    if (text === '' || seen.has(text)) continue
    seen.add(text)
    items.push(causes.length > 1 ? [code(cause), ' ', ...prose(text)] : prose(text))
  }
  if (items.length === 0) return null
  return {
    kind: 'section',
    id: step.id,
    title: [step.title],
    rank: 2,
    blocks: [{ kind: 'list', style: 'tasks', items }],
  }
}
