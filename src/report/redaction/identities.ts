// Identities as logs carry them: people, machines and numbers that name them, each with a stable name instead.
import { isPublicIPv4, isPublicIPv6, renameIPv4, renameIPv6 } from './addresses.ts'
import { CERTIFICATES } from './certificates.ts'
import { HOST_PLACES } from './host-places.ts'
import { renameHost } from './hosts.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { RedactionRule } from './rule.ts'

/** Accounts of systems, not of people. */
const SYSTEM_USERS =
  /^(?:root|postgres|mysql|redis|nginx|www-data|nobody|daemon|system|admin|administrator|ubuntu|unknown|anonymous|guest|null|none|undefined|agent|id|name|from|not|is|-)$/i

function person(groups: Readonly<Record<string, string | undefined>>, names: Pseudonyms): string | null {
  const { before = '', user = '' } = groups
  return user === '' || SYSTEM_USERS.test(user) || /^user-[0-9a-f]{8}/.test(user)
    ? null
    : before + names.name('user', user.toLowerCase())
}

/** The whole address has one name, whatever the case; the machine itself is no domain. */
function mailbox(groups: Readonly<Record<string, string | undefined>>, names: Pseudonyms): string {
  const { user = '', at = '@', domain = '' } = groups
  const isLocal = domain === 'localhost'
  if (isLocal && (SYSTEM_USERS.test(user) || /^user-[0-9a-f]{8}$/.test(user))) return user + at + domain
  const name = names.name('user', isLocal ? user.toLowerCase() : `${user}@${domain}`.toLowerCase())
  return isLocal ? name + at + domain : `${name}@${names.name('mail', domain.toLowerCase())}`
}

export const IDENTITIES: readonly RedactionRule[] = [
  {
    name: 'e-mail',
    kind: 'identity',
    pattern:
      /(?:(?<![\p{L}\p{N}_.%+-])|(?<=%[0-9A-F]{2}))(?<user>[\p{L}\p{N}_.+-]{1,100})(?<at>@|%40)(?<domain>localhost(?![\w.-])|(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?!invalid\b|(?:service|socket|timer|target|mount|slice|scope|path|device)\b)\p{L}{2,24})(?![\p{L}\p{N}])/gu,
    needs: ['@', '%40'],
    replace: ({ groups }, names) => mailbox(groups, names),
  },
  {
    // A domain without a dot, where brackets say that it is a mailbox.
    name: 'e-mail',
    kind: 'identity',
    pattern: /<(?<user>[\p{L}\p{N}_.+-]{1,64})(?<at>@)(?<domain>(?!mail-)[\p{L}\p{N}-]{1,63})>/gu,
    replace: ({ groups }, names) => `<${mailbox(groups, names)}>`,
  },
  ...CERTIFICATES,
  {
    name: 'mac-address',
    kind: 'identity',
    pattern:
      /(?<![\w:-])(?<vendor>[0-9a-f]{2}(?<mark>[:-])[0-9a-f]{2}\k<mark>[0-9a-f]{2})(?:\k<mark>[0-9a-f]{2}){3}(?![\w:-])/gi,
    replace: ({ text, groups }, names) => {
      const { vendor = '', mark = ':' } = groups
      const digits = names.bytes(`mac ${text.toLowerCase()}`).toString('hex').slice(0, 6)
      return vendor + digits.replace(/../g, (pair) => mark + pair)
    },
  },
  {
    name: 'public-ip',
    kind: 'identity',
    pattern: /(?<![\w:.])(?=[0-9a-f:]*:[0-9a-f:]*:)[0-9a-f:]{2,39}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])/gi,
    replace: ({ text }, names) => (isPublicIPv6(text) ? renameIPv6(text, names) : null),
  },
  {
    name: 'public-ip',
    kind: 'identity',
    pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g,
    replace: ({ text }, names) => (isPublicIPv4(text) ? renameIPv4(text, names) : null),
  },
  {
    name: 'identity-number',
    kind: 'identity',
    pattern: /(?<![\w.])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\w])/g,
    replace: ({ text }, names) => (isChineseId(text) ? names.name('id', text.toUpperCase()) : null),
  },
  {
    // Social security numbers of the United States: no area 000, 666 or 9xx.
    name: 'identity-number',
    kind: 'identity',
    pattern: /(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w.-])/g,
    replace: ({ text }, names) => names.name('id', text),
  },
  {
    name: 'bank-account',
    kind: 'identity',
    pattern: /(?<![\w.-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w.-])/g,
    replace: ({ text }, names) => (isIban(text) ? names.name('account', text.replaceAll(' ', '')) : null),
  },
  {
    name: 'card-number',
    kind: 'identity',
    pattern: /(?<![\w.+-])(?:3[47]|35|4\d|5[1-5]|2[2-7]|6[025])(?:[ -]?\d){11,17}(?![\w]|[.-]\d)/g,
    replace: ({ text }, names) => (isCard(text) ? names.name('card', text.replace(/\D/g, '')) : null),
  },
  {
    name: 'phone-number',
    kind: 'identity',
    pattern:
      /(?<![\w.+])\+[1-9]\d{0,2}[ -]?(?:\(\d{1,4}\)[ -]?)?\d(?:[ -]?\d){6,12}(?![\w])|(?<![\w.+-])\(\d{3}\)[ -]?\d{3}-\d{4}(?![\w])|(?<![\w.:+-])(?:0086|86)?[ -]?1[3-9]\d(?:[ -]?\d{4}){2}(?![\w]|[.:-]\d)/g,
    replace: ({ text }, names) => {
      const lead = /^[ -]?/.exec(text)?.[0] ?? ''
      return lead + names.name('phone', text.replace(/\D/g, '').replace(/^(?:0086|86)(?=1[3-9]\d{9}$)/, ''))
    },
  },
  {
    name: 'user-name',
    kind: 'identity',
    pattern:
      /(?<before>\b(?:user|user_?name|login|account|uid_name|ruser|logname|userid|user_id)\\*["']?\s{0,3}[:=]\s{0,3}\\*["']?)(?<user>[A-Za-z_][\w.-]{1,63})(?!\w|@)/gi,
    replace: ({ groups }, names) => person(groups, names),
  },
  {
    name: 'user-name',
    kind: 'identity',
    pattern:
      /(?<before>\b(?:for|by|of)\s+(?:invalid\s+|illegal\s+)?user\s+["'“]?|\b(?:accepted|failed)\s+(?:password|publickey|none)\s+for\s+(?!(?:invalid|illegal)\s+user)|\brole\s+")(?<user>[A-Za-z_][\w.-]{1,63})/gi,
    replace: ({ groups }, names) => person(groups, names),
  },
  {
    name: 'user-name',
    kind: 'identity',
    pattern:
      /(?<before>\buser\s+["'“]?)(?<user>[A-Za-z_][\w.-]{1,63})(?=["'”]?\s+(?:(?:has\s+)?(?:logged|signed)\s+(?:in|out|on|off)|authenticated|connected|disconnected|locked)\b)/gi,
    replace: ({ groups }, names) => person(groups, names),
  },
  {
    name: 'user-name',
    kind: 'identity',
    pattern: /(?<before>\b(?:[ug]id|e[ug]id|groups)=\d+\()(?<user>[A-Za-z_][\w.-]{1,63})(?=\))/g,
    replace: ({ groups }, names) => person(groups, names),
  },
  {
    name: 'user-name',
    kind: 'identity',
    pattern: /(?<before>(?:\/home|\/Users|[A-Za-z]:\\+Users)[/\\]+)(?<user>[A-Za-z_][\w.-]{0,63})/g,
    replace: ({ groups }, names) => person(groups, names),
  },
  ...HOST_PLACES,
  {
    name: 'host-name',
    kind: 'identity',
    pattern:
      /(?:(?<![\w.@%-])|(?<=%2F))(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,13}(?![\w-]|\.\w|\()/g,
    replace: ({ text }, names) => renameHost(text, names, 'by its end'),
  },
  {
    name: 'query-value',
    kind: 'identity',
    pattern: /(?<before>[?&](?<key>[\w.[\]%-]{1,64})=)(?!\[(?:removed|secret))[^&\s"'#<>\\]+/g,
    replace: ({ groups }) => (KEPT_KEYS.test(groups.key ?? '') ? null : `${groups.before ?? ''}[removed]`),
  },
]

/** Keys of a query whose values say what was asked for and not who asked. */
const KEPT_KEYS =
  /^(?:page|per_page|limit|offset|size|count|sort|order|dir|lang|locale|v|version|api-version|format|type|status|level|from|to|start|end|since|until|interval|response_type|grant_type|redirect_uri|scope|request_?id|trace_?id|span_?id|correlation_?id)$/i

/** GB 11643: weighted sum modulo 11. */
function isChineseId(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(text[at]), 0)
  return '10X98765432'.charAt(sum % 11) === text.charAt(17).toUpperCase()
}

/** ISO 13616: the rearranged digits leave 1 modulo 97. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '')
  const digits = [...plain.slice(4), ...plain.slice(0, 4)].map((sign) => Number.parseInt(sign, 36)).join('')
  return plain.length >= 15 && plain.length <= 34 && BigInt(digits) % 97n === 1n
}

/** ISO/IEC 7812-1: Luhn. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? Number(digit) * 2 : Number(digit)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return digits.length >= 13 && digits.length <= 19 && sum % 10 === 0
}
