// Secrets in the headers of requests and responses: credentials of every scheme, and cookies.
import type { Found, RedactionRule } from './rule.ts'

/** Schemes whose name says nothing but how the credentials are made (IANA registry, and those of clouds). */
const SCHEMES =
  'bearer|basic|digest|token|negotiate|ntlm|kerberos|apikey|api-key|hawk|oauth|mac|hmac|signature|dpop|gnap|hoba|vapid|mutual|privatetoken|scram-sha-\\d+|hmac-sha\\d+|aws|aws4-hmac-sha256|sharedkey|sharedkeylite|sharedaccesssignature|geniekey|snowflake|eg1-hmac-sha256|googlelogin|zoho-oauthtoken|ssws|klaviyo-api-key'
/** `name="value"` with quotes as they are or escaped, `name=value`, or one word. */
const ITEM = `(?:[\\w-]+=(?:\\\\*"[^"\\n]*?\\\\*"|[^\\s,;"'\\\\]*)|[^\\s,;"'\\\\]+)`
const AUTHORIZATION = new RegExp(
  `(?<before>\\bauthorization\\\\*["']?[ \\t]*[:=][ \\t]*(?:\\[[ \\t]*(?=\\\\*["']))?\\\\*["']?(?<scheme>(?:${SCHEMES})[ \\t]+)?)(?!\\\\?\\[)(?!(?:${SCHEMES})\\b(?!\\.))(?<value>${ITEM}(?<more>[ \\t]+(?![\\w-]+=[^"\\\\])${ITEM})?(?:[,;][ \\t]*[\\w-]+=(?:\\\\*"[^"\\n]*?\\\\*"|[^\\s,;"'\\\\]*))*)`,
  'gi',
)

/** Words of somebody who speaks about the header. */
const SPOKEN =
  /^(?:missing|invalid|expired|required|header|headers|failed|denied|none|null|undefined|is|was|not|granted|ok|error|unauthorized)\b/i

/** Behind a scheme one value is the credentials; without one the first word may be a scheme that nobody knows. */
function authorization({ groups }: Found): string | null {
  const { before = '', scheme, value = '', more = '' } = groups
  if (SPOKEN.test(value)) return null
  const kept = scheme === undefined || value.includes('=') ? '' : more
  return `${before}[secret:authorization]${kept}`
}

const QUOTED = `(?:(?<quote>["'])(?:\\\\[^\\n]|(?!\\k<quote>)[^\\n\\\\])*|(?<escaped>\\\\+["'])(?:(?!(?<!\\\\)\\k<escaped>)[^\\n])*)`

function cookie({ text, groups }: Found): string | null {
  const { before = '', bare } = groups
  const quote = groups.quote ?? groups.escaped ?? ''
  const value = bare ?? text.slice(before.length + quote.length)
  if (/^[\s-]*$/.test(value) || SPOKEN.test(value)) return null
  return `${before}${quote}[secret:cookie]`
}

/** Of a header that stands alone on its line: `name=value`, the value perhaps in quotes. */
const PAIR = `[^\\s"'=;,\\\\]{1,256}=(?:\\\\*"[^"\\\\\\n]*\\\\*"|[^\\r\\n"';\\\\]*)`
const COOKIE = '(?<before>\\b(?:set-)?cookies?\\\\*["\']?[ \\t]*[:=][ \\t]*'

export const HEADERS: readonly RedactionRule[] = [
  { name: 'authorization', kind: 'secret', pattern: AUTHORIZATION, replace: authorization },
  {
    name: 'bearer',
    kind: 'secret',
    pattern:
      /(?<before>\b(?:bearer|basic|negotiate|ntlm)[ \t]+)(?!\[)(?:(?=[A-Za-z+/_.=~-]*\d)[A-Za-z0-9._~+/-]{8,}|[A-Za-z0-9._~+/-]{20,})=*/gi,
    replace: ({ groups }) => `${groups.before ?? ''}[secret:token]`,
  },
  {
    // A list of headers, or an object of cookies.
    name: 'cookie',
    kind: 'secret',
    pattern: new RegExp(
      `${COOKIE})(?:\\[[ \\t]*(?<first>\\\\*["'])[^\\]\\n]*\\]|\\{[ \\t]*(?<name>\\\\*["'])[^}\\n]*\\})`,
      'gi',
    ),
    replace: ({ groups }) => {
      const quote = groups.first ?? groups.name ?? ''
      return `${groups.before ?? ''}${quote}[secret:cookie]${quote}`
    },
  },
  {
    name: 'cookie',
    kind: 'secret',
    pattern: new RegExp(
      `${COOKIE})(?!(?:\\\\*["'])?\\\\?\\[)(?:${QUOTED}|(?<bare>${PAIR}(?:;[ \\t]*(?:${PAIR}|[^\\r\\n"';=\\\\]*))*|(?=[^\\s"'=;,]*[\\d-])[^\\s"'=;,\\\\]{4,4096}|[A-Za-z]{12,}(?![\\w:])))`,
      'gi',
    ),
    replace: cookie,
  },
]
