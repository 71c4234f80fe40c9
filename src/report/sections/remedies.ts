// What to do now (30 minutes), next (2 hours) and for good (24 hours), for each root cause.
import type { Remedy } from '../../model/index.ts'
import { type Block, code, type Inline, paragraph, prose, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { type Stand, standing } from '../kin.ts'
import { formatCount } from '../wording.ts'

const HORIZONS: readonly { readonly part: keyof Remedy; readonly id: string; readonly title: string }[] = [
  { part: 'now', id: 'do-now', title: 'Now: within 30 minutes' },
  { part: 'next', id: 'do-next', title: 'Next: within 2 hours' },
  { part: 'lasting', id: 'do-lasting', title: 'For good: within 24 hours' },
]

export function remedies({ report, roots }: Frame): Section | null {
  const suspects = report.analysis.conclusion.findings.filter(({ role }) => role === 'suspect')
  const causes = roots.length > 0 ? roots : suspects
  if (causes.length === 0) return null
  const told = standing(causes)
  const steps = HORIZONS.map((step) => horizon(step, told)).filter((step) => step !== null)
  const caution: Block[] = roots.length > 0 ? [] : [paragraph('No cause is proven; these steps test the suspects.')]
  return { kind: 'section', id: 'remedies', title: ['What to do'], rank: 2, blocks: [...caution, ...steps] }
}

function horizon(step: (typeof HORIZONS)[number], told: readonly Stand[]): Section | null {
  const seen = new Set<string>()
  const items: Inline[] = []
  for (const stand of told) {
    const { cause, remedy } = stand.finding
    const text = remedy[step.part]
    if (text === '' || seen.has(text)) continue
    seen.add(text)
    const words = [...prose(text), ...likewise(stand, step.part)]
    items.push(told.length > 1 ? [code(cause), ' ', ...words] : words)
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

/** Steps of the kin are the same but for the place. */
function likewise({ finding, kin }: Stand, part: keyof Remedy): Inline {
  const others = kin.filter(({ remedy }) => remedy[part] !== finding.remedy[part]).length
  return others === 0 ? [] : [` The same for ${formatCount(others)} more like it.`]
}
