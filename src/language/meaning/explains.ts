// What explain means: families spread over the causes that exist, and the promise that nothing goes round in circles.
import type { Explain } from '../../model/index.ts'
import { nearest } from '../nearest.ts'
import type { Name } from '../syntax/tree.ts'
import { durationValue } from './amounts.ts'
import type { Complaints } from './complaints.ts'
import type { Declared } from './declarations.ts'
import type { Scope } from './scope.ts'

type Declaration = Declared<'explain'>

export function readExplains(declarations: readonly Declaration[], scope: Scope): readonly Explain[] {
  const explains = declarations.map((declaration) => readExplain(declaration, scope))
  refuseCycles(declarations, scope)
  return explains
}

function readExplain({ statement, complaints }: Declaration, scope: Scope): Explain {
  const { symptoms, causes, same, within, at } = statement
  for (const name of [...symptoms, ...causes]) checkCause(name, scope, complaints)
  for (const { symptom, cause } of same) {
    checkPart(symptom, symptoms, { scope, complaints })
    checkPart(cause, causes, { scope, complaints })
  }
  refuseSelf(symptoms, causes, complaints)
  if (within === null) {
    const sentence = '`explain` says how far apart the two may be: `within 1m`'
    complaints.error({ code: 'missing-clause', at, sentence, suggestion: '`within 1m`' })
  }
  return {
    symptoms: symptoms.map(({ text }) => text),
    causes: causes.map(({ text }) => text),
    same: same.map(({ symptom, cause }) => [symptom.text, cause.text] as const),
    within: within === null ? 0 : durationValue(within, 'a gap', complaints),
    position: complaints.position(at),
  }
}

/** Complains where there is no such cause, or no cause of such a family. */
export function checkCause(name: Name, scope: Scope, complaints: Complaints): void {
  if (scope.broken.has(name.text) || spread(name.text, scope).length > 0) return
  const family = name.text.endsWith('.*')
  const sentence = family ? `no cause belongs to \`${name.text}\`` : `there is no cause \`${name.text}\``
  const known = family ? [...scope.causes.keys()].map((id) => `${id.split('.')[0]}.*`) : scope.causes.keys()
  const suggestion = name.text === 'nothing' ? '`nothing else`' : nearest(name.text, known)
  complaints.error({ code: 'unknown-cause', at: name.at, sentence, suggestion })
}

/** The causes that an id or a family with a star names. */
export function spread(pattern: string, scope: Pick<Scope, 'causes'>): readonly string[] {
  if (!pattern.endsWith('.*')) return scope.causes.has(pattern) ? [pattern] : []
  return [...scope.causes.keys()].filter((id) => id.startsWith(pattern.slice(0, -1)))
}

/** At least one of the causes has the part in its key. */
function checkPart(
  part: Name,
  patterns: readonly Name[],
  { scope, complaints }: { readonly scope: Scope; readonly complaints: Complaints },
): void {
  const ids = patterns.flatMap(({ text }) => spread(text, scope))
  const parts = new Set(ids.flatMap((id) => scope.causes.get(id) ?? []))
  if (ids.length === 0 || parts.has(part.text)) return
  const sentence = `no key of ${patterns.map(({ text }) => `\`${text}\``).join(', ')} has a part \`${part.text}\``
  complaints.error({ code: 'unknown-field', at: part.at, sentence, suggestion: nearest(part.text, parts) })
}

function refuseSelf(symptoms: readonly Name[], causes: readonly Name[], complaints: Complaints): void {
  for (const cause of causes) {
    if (cause.text.endsWith('.*') || !symptoms.some(({ text }) => text === cause.text)) continue
    complaints.error({ code: 'self-explained', at: cause.at, sentence: `\`${cause.text}\` cannot explain itself` })
  }
}

/** Follows the statements one by one; the one that closes a circle is complained of. */
function refuseCycles(declarations: readonly Declaration[], scope: Scope): void {
  const explainedBy = new Map<string, Set<string>>()
  for (const { statement, complaints } of declarations) {
    const cycle = addEdges(statement, scope, explainedBy)
    if (cycle === null) continue
    const sentence = `explanations go round in a circle: ${cycle.map((id) => `\`${id}\``).join(' by ')}`
    complaints.error({ code: 'cycle', at: statement.at, sentence })
  }
}

/** Adds what does not close a circle; the first circle it would close. */
function addEdges(
  { symptoms, causes }: Declaration['statement'],
  scope: Scope,
  explainedBy: Map<string, Set<string>>,
): readonly string[] | null {
  let cycle: readonly string[] | null = null
  for (const symptom of symptoms.flatMap(({ text }) => spread(text, scope))) {
    for (const cause of causes.flatMap(({ text }) => spread(text, scope))) {
      if (cause === symptom) continue
      const back = pathBetween(cause, symptom, explainedBy)
      if (back === null) edgesOf(explainedBy, symptom).add(cause)
      else cycle ??= [symptom, ...back]
    }
  }
  return cycle
}

function edgesOf(explainedBy: Map<string, Set<string>>, id: string): Set<string> {
  const known = explainedBy.get(id) ?? new Set<string>()
  explainedBy.set(id, known)
  return known
}

function pathBetween(
  from: string,
  to: string,
  explainedBy: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | null {
  const open: (readonly string[])[] = [[from]]
  const seen = new Set([from])
  for (const path of open) {
    const last = path.at(-1) ?? from
    if (last === to) return path
    for (const next of explainedBy.get(last) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push([...path, next])
    }
  }
  return null
}
