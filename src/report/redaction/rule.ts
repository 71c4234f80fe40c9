// What a redaction rule is: where a kind of secret or identity stands in a text, and what stands there afterwards.
import type { Pseudonyms } from './pseudonym.ts'

export interface RedactionRule {
  /** Class that is counted and named: `password`, `e-mail`. */
  readonly name: string
  /** Secrets are always removed; identities become pseudonyms where the profile is strict. */
  readonly kind: 'secret' | 'identity'
  /** Global; its named groups are handed to `replace`. */
  readonly pattern: RegExp
  /** Of these one stands in every match: a text without any is not searched. */
  readonly needs?: readonly string[]
  /** What stands for the match; null leaves it as it is. */
  replace(found: Found, names: Pseudonyms): string | null
}

export interface Found {
  readonly text: string
  readonly groups: Readonly<Record<string, string | undefined>>
}

export function matchesOf({ pattern, needs }: RedactionRule, text: string): Iterable<RegExpExecArray> {
  return needs?.some((part) => text.includes(part)) === false ? [] : text.matchAll(pattern)
}

/** Replaces all matches; `count` hears of each that was replaced. */
export function applyRule(
  rule: RedactionRule,
  text: string,
  names: Pseudonyms,
  count: (rule: RedactionRule) => void,
): string {
  let [shown, from] = ['', 0]
  for (const match of matchesOf(rule, text)) {
    const replacement = rule.replace({ text: match[0], groups: match.groups ?? {} }, names)
    if (replacement === null || replacement === match[0]) continue
    shown += text.slice(from, match.index) + replacement
    from = match.index + match[0].length
    count(rule)
  }
  return from === 0 ? text : shown + text.slice(from)
}
