// What must stand beside a text wherever a pattern matches: automata over the bytes of a raw line, run away from the text.
import type { Beside } from '../../model/index.ts'
import { type CharSet, union } from './char-set.ts'
import type { PatternNode } from './pattern.ts'

/** More states or steps than these tell little more and take room; higher counts are held for endless. */
const MOST_STATES = 40
const MOST_STEPS = 160
const HIGHEST_COUNT = 8
/** The ASCII an automaton knows. */
const BYTES = 128
const NEWLINE = 10
/** Of bytes that a raw line may show otherwise than its message, as escapes and quotes are, nothing is concluded: nor of control bytes. */
const UNSURE: ReadonlySet<number> = new Set([...'"#&\\'].map((sign) => sign.charCodeAt(0)))
/** States and classes are written as signs from here on; the first two states are ends. */
const FIRST_SIGN = 48
const [REJECT, ACCEPT, START] = [0, 1, 2]

/** A place in a pattern: signs it takes on the way to the next, or places it goes on at; the last is a match. */
type Step = { readonly set: CharSet; readonly next: number } | { readonly ways: readonly number[] }

/**
 * Automata for what stands before and behind a text, in the order of the pattern.
 * Null where anything may, or where it takes too many states to tell.
 */
export function besideOf(
  before: readonly PatternNode[],
  after: readonly PatternNode[],
  how: { readonly anyCase: boolean },
): Beside | null {
  const sides = { before: automatonOf(before.toReversed().map(reversed), how), after: automatonOf(after, how) }
  return sides.before === null && sides.after === null ? null : sides
}

function reversed(node: PatternNode): PatternNode {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return node
    case 'sequence':
      return { kind: 'sequence', items: node.items.toReversed().map(reversed) }
    case 'choice':
      return { kind: 'choice', options: node.options.map(reversed) }
    case 'repeat':
      return { ...node, item: reversed(node.item) }
    default:
      return node satisfies never
  }
}

/** @returns see `Beside`; null where it would accept all or is too large */
function automatonOf(items: readonly PatternNode[], how: { readonly anyCase: boolean }): string | null {
  const steps = stepsOf({ kind: 'sequence', items })
  return steps === null ? null : tableOf(steps, how)
}

/** The places of a pattern from its end on: the first is a match, the last where it begins. */
function stepsOf(root: PatternNode): readonly Step[] | null {
  const steps: Step[] = [{ ways: [] }]
  const add = (step: Step): number => (steps.length > MOST_STEPS ? 0 : steps.push(step) - 1)
  const enter = (node: PatternNode, next: number): number => {
    switch (node.kind) {
      case 'set':
        return add({ set: node.set, next })
      case 'assertion':
        return next
      case 'sequence':
        return node.items.reduceRight((behind, item) => enter(item, behind), next)
      case 'choice':
        return add({ ways: node.options.map((option) => enter(option, next)) })
      case 'repeat':
        return repeat(node, next)
      default:
        return node satisfies never
    }
  }
  const repeat = ({ item, min, max }: Extract<PatternNode, { kind: 'repeat' }>, next: number): number => {
    let at = next
    if (max > HIGHEST_COUNT) {
      const ways = [next]
      at = add({ ways })
      ways.push(enter(item, at))
    } else for (let count = min; count < max; count++) at = add({ ways: [enter(item, at), next] })
    for (let count = 0; count < Math.min(min, HIGHEST_COUNT); count++) at = enter(item, at)
    return at
  }
  const start = enter(root, 0)
  if (steps.length > MOST_STEPS) return null
  steps.push({ ways: [start] })
  return steps
}

function tableOf(steps: readonly Step[], how: { readonly anyCase: boolean }): string | null {
  const classes = classesOf(steps, how)
  const first = classes.map((_, code) => code).filter((code) => classes.indexOf(classes[code] ?? 0) === code)
  const start = closure(steps, [steps.length - 1])
  if (stateOf(steps, start) === ACCEPT) return null
  const known = new Map([[start.join(), START]])
  const states = [start]
  const rows: number[] = []
  for (const state of states) {
    for (const code of first) {
      const next = closure(steps, follow(steps, state, code, how))
      const key = next.join()
      const end = isUnsure(code) ? ACCEPT : stateOf(steps, next)
      if (end === null && !known.has(key)) known.set(key, states.push(next) - 1 + START)
      rows.push(end ?? known.get(key) ?? REJECT)
    }
    if (states.length > MOST_STATES) return null
  }
  return String.fromCharCode(...[first.length, ...classes, ...rows].map((value) => value + FIRST_SIGN))
}

/** For each byte the number of its class: bytes of one class lead to the same places. */
function classesOf(steps: readonly Step[], how: { readonly anyCase: boolean }): readonly number[] {
  const sets = [...new Set(steps.flatMap((step) => ('set' in step ? [step.set] : [])))]
  const numbers = new Map<string, number>()
  return Array.from({ length: BYTES }, (_, code) => {
    const key = isUnsure(code) ? '' : `${code === NEWLINE}${sets.map((set) => takes(set, code, how)).join()}`
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
}

function isUnsure(code: number): boolean {
  return UNSURE.has(code) || code === BYTES - 1 || (code < 32 && code !== NEWLINE)
}

function takes(set: CharSet, code: number, { anyCase }: { readonly anyCase: boolean }): boolean {
  const holds = (one: number) => set.some(([from, to]) => one >= from && one <= to)
  if (holds(code)) return true
  const isLetter = (code | 32) >= 97 && (code | 32) <= 122
  return anyCase && isLetter && holds(code ^ 32)
}

/** All places that can be reached without a sign, in order. */
function closure(steps: readonly Step[], from: readonly number[]): readonly number[] {
  const found = new Set<number>()
  const open = [...from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue
    found.add(at)
    const step = steps[at]
    if (step !== undefined && 'ways' in step) open.push(...step.ways)
  }
  return [...found].sort((a, b) => a - b)
}

function follow(
  steps: readonly Step[],
  state: readonly number[],
  code: number,
  how: { readonly anyCase: boolean },
): readonly number[] {
  return state.flatMap((at) => {
    const step = steps[at]
    return step !== undefined && 'set' in step && takes(step.set, code, how) ? [step.next] : []
  })
}

/**
 * Whether places are an end: a match; none; or one that takes a line's end, which may stand anywhere, since what a line tells in
 * fields its message tells in lines.
 */
function stateOf(steps: readonly Step[], state: readonly number[]): number | null {
  if (state.length === 0) return REJECT
  const isEnd = state.some((at) => {
    const step = steps[at]
    return at === 0 || (step !== undefined && 'set' in step && takes(step.set, NEWLINE, { anyCase: false }))
  })
  return isEnd ? ACCEPT : null
}

/** Takes anything: nothing is known of what stands there. */
export const ANYTHING: PatternNode = {
  kind: 'repeat',
  item: { kind: 'set', set: union([[[0, 0xffff]]]) },
  min: 0,
  max: Number.POSITIVE_INFINITY,
}

/** A text as a part of a pattern. */
export function textNodes(text: string): readonly PatternNode[] {
  return Array.from(text, (_, at) => {
    const code = text.charCodeAt(at)
    return { kind: 'set', set: [[code, code]] }
  })
}
