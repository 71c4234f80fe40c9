// The last look: what is about to leave the machine is read again as its reader will see it, and held back if in doubt.
import { FaultlineError } from '../../model/index.ts'
import { fromQuotedPrintable } from '../mime.ts'
import { pseudonyms } from './pseudonym.ts'
import { type Profile, rulesOf } from './redactor.ts'
import { matchesOf, type RedactionRule } from './rule.ts'
import { vendorSecrets } from './vendors.ts'

/** Rules whose patterns also fit what faultline writes itself: names in schemas, byte counts, SQL. */
const UNSURE = new Set(['host-name', 'phone-number', 'user-name', 'query-value', 'mac-address', 'certificate-name'])

const NO_NAMES = pseudonyms(new Uint8Array(16))

/**
 * Whether the rendered report holds nothing that the profile takes out.
 * @throws FaultlineError `redaction-failed` naming the rule, never the value
 */
export async function assertClean(rendered: string | Uint8Array, profile: Profile): Promise<void> {
  if (profile === 'none') return
  const text = seenBy(typeof rendered === 'string' ? rendered : Buffer.from(rendered).toString())
  for (const rule of rulesOf(profile).filter(({ name }) => !UNSURE.has(name)))
    for (const match of matchesOf(rule, text)) if (isLeft(rule, match)) refuse(rule.name)
  const secrets = await vendorSecrets(text)
  if (secrets.length > 0) refuse('vendor-token')
}

/** Whether the rule would still take something out that a secret may be. */
function isLeft({ name, replace }: RedactionRule, match: RegExpExecArray): boolean {
  const { groups = {} } = match
  const shown = replace({ text: match[0], groups }, NO_NAMES)
  if (shown === null || shown === match[0]) return false
  return name !== 'authorization' || isCredential(groups.value ?? '')
}

/** A narrow column breaks the name of a scheme in two: half a word is none. */
function isCredential(value: string): boolean {
  return !value.includes('[]') && (value.length >= 12 || /\d/.test(value))
}

/** The text as whoever opens it reads it. */
function seenBy(rendered: string): string {
  return rejoined(asRead(rendered))
}

function refuse(rule: string): never {
  const hint = 'Nothing was written. Please report the rule and the kind of line, without the value.'
  throw new FaultlineError('redaction-failed', `The redacted output still matches the rule “${rule}”.`, { hint })
}

/** Without the dress of the format: mail encoding, tags and entities, JSON escapes, escapes of Markdown and wikis. */
function asRead(text: string): string {
  if (/^From: /.test(text)) return withoutTags(fromQuotedPrintable(text))
  if (/^\s*</.test(text)) return withoutTags(text)
  if (/^\s*[{[]/.test(text)) return stringsOf(text)
  return text
    .replace(/&#(\d{2,3});/g, (_, number: string) => String.fromCharCode(Number(number)))
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('`', '')
}

/**
 * Cells of a laid-out table stand apart, a bracket stands with what a narrow column broke off behind it, and what is
 * left of a broken `[secret:…]` is none.
 */
function rejoined(text: string): string {
  return text
    .replaceAll('\r', '')
    .replace(/\[\s+/g, '[')
    .replace(/ {2,}/g, '\n')
    .replace(/\bsecret:([a-z-]+)/g, (piece, word: string) =>
      CLASSES.some((name) => name.startsWith(word)) ? '' : piece,
    )
}

/** What may stand behind `secret:`. */
const CLASSES = [
  'jwt',
  'password',
  'token',
  'signature',
  'community',
  'session',
  'key',
  'secret',
  'private-key',
  'authorization',
  'cookie',
  'api-key',
  'password-hash',
  'one-time-code',
]

function withoutTags(text: string): string {
  return text
    .replace(/<(?:style|script)>[\s\S]*?<\/(?:style|script)>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => SIGNS[name] ?? '')
}

const SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }

function stringsOf(text: string): string {
  const found: string[] = []
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value === 'string') found.push(value)
    return value
  })
  return found.join('\n')
}
