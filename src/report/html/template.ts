// Markup that cannot be forged: every text put into a template is escaped, only templates make tags.
import { visible } from '../visible.ts'

const MARKUP = Symbol('markup')

/** Text that is known to be HTML, because a template made it. */
export interface Markup {
  readonly [MARKUP]: string
}

export type Part = Markup | string | number | null | readonly Part[]

/** A piece of HTML: what stands in the template is markup, what is put in is text unless a template made it. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = strings.map((piece, at) => piece + (at < parts.length ? written(parts[at] ?? null) : ''))
  return { [MARKUP]: text.join('') }
}

/** Our own style sheet and script, which hold no text of a bundle. */
export function trusted(text: string): Markup {
  return { [MARKUP]: text }
}

export function textOf(markup: Markup): string {
  return markup[MARKUP]
}

function written(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string') return escapeText(part)
  if (typeof part === 'number') return String(part)
  return MARKUP in part ? part[MARKUP] : part.map(written).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe as text and between quotes in an attribute. */
function escapeText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}
