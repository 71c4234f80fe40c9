// Secrets as logs carry them: always removed, never given a name.
import { describeToken } from './jwt.ts'
import type { Found, RedactionRule } from './rule.ts'
import { SECRET_PLACES } from './secret-places.ts'

/** Whole names, or what a longer name ends in: `db.password`, `clientSecret`, `X-Api-Key`. */
const LONG =
  'password|passwd|passphrase|passcode|secret|token|api[_-]?key|apikey|credentials?|(?:access|secret|private|encryption|signing|master|account|shared|subscription|license)[_-]?key(?:[_-]id)?|signature|session[_-]?id|sessid|connect\\.sid|csrf|jsessionid|community|bindpw|rootpw|client-key-data|tls\\.key|dockerconfigjson|密码|口令|密钥|令牌|验证码'
/** Names that other words end in, so they stand alone or after a separator. */
const SHORT = 'pass|pwd|pin|otp|sig|sid|auth'
const NAME = `(?!(?<=\\[)secret\\s*:)(?:(?:${LONG})|(?<![A-Za-z])(?:${SHORT}))\\d?`
const QUOTE = `\\\\*["']`
const DONE = `(?!(?:${QUOTE}|%2[27])?(?:\\\\?\\[|%5B))`
/** An escaped or doubled quote goes on; where the quotes themselves are escaped, the next one ends it. */
const PLAIN = `(?<quote>["'])(?:\\\\[^\\n]|\\k<quote>\\k<quote>|(?!\\k<quote>)[^\\n\\\\])*(?:\\k<quote>|\\\\?$|(?=\\n))`
const ESCAPED = `(?<escaped>\\\\+["'])(?:(?!\\k<escaped>)[^\\n])*(?:\\k<escaped>|$|(?=\\n))`
const VALUE = `(?:${PLAIN}|${ESCAPED}|(?<bare>[^\\s,;&"'()<>[\\]{}|\\\\]+))`

/** What stands behind such a name in prose or as an absent value. */
const NOT_A_VALUE =
  /^(?:null|nil|none|undefined|true|false|yes|no|empty|missing|invalid|expired|required|malformed|unexpected|unknown|denied|failed|not|is|was|has|authentication|the|a|an|jwt|bearer|basic|[\u4e00-\u9fff]+|[*x.:=…]+|….*|<.*>)$/i

function secret(name: string): (found: Found) => string {
  return ({ groups }) => `${groups.before ?? ''}[secret:${name}]${groups.after ?? ''}`
}

function namedValue({ text, groups }: Found): string | null {
  const { before = '', bare } = groups
  const quote = groups.quote ?? groups.escaped ?? ''
  const value = bare ?? text.slice(before.length + quote.length).replace(/\\*["']$/, '')
  if (value === '' || NOT_A_VALUE.test(value)) return null
  return `${before}${quote}[secret:${kindOf(before)}]${quote}`
}

function kindOf(before: string): string {
  const name = before.toLowerCase()
  const kind = ['password', 'token', 'signature', 'community', 'session', 'key'].find((word) => name.includes(word))
  return kind ?? (/pass|pwd/.test(name) ? 'password' : 'secret')
}

export const SECRETS: readonly RedactionRule[] = [
  ...SECRET_PLACES,
  {
    name: 'private-key',
    kind: 'secret',
    pattern:
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
    replace: secret('private-key'),
  },
  {
    name: 'jwt',
    kind: 'secret',
    pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*){0,3}/g,
    replace: ({ text }) => describeToken(text),
  },
  {
    name: 'url-password',
    kind: 'secret',
    pattern: /(?<before>\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"'<>]{0,200}:)(?!\[)[^\s/"'<>]{1,512}(?<after>@)/gi,
    replace: secret('password'),
  },
  {
    name: 'dsn-password',
    kind: 'secret',
    pattern: /(?<before>\b[\w.-]{1,64}:)(?!\[)[^\s@"'/]{1,512}(?<after>@(?:tcp|unix)\()/g,
    replace: secret('password'),
  },
  {
    name: 'authorization',
    kind: 'secret',
    pattern:
      /(?<before>\b(?:proxy-)?authorization\\*["']?[ \t]*[:=][ \t]*\\*["']?(?:(?:bearer|basic|digest|token|negotiate|ntlm|apikey|aws4-hmac-sha256)[ \t]+)?)(?!\\?\[|(?:bearer|basic|digest|token|negotiate|ntlm|apikey|aws4-hmac-sha256)\b)[^\s"'\\,;]+(?:,\s*[\w-]+=[^\s"'\\]+)*/gi,
    replace: secret('authorization'),
  },
  {
    name: 'bearer',
    kind: 'secret',
    pattern:
      /(?<before>\b(?:bearer|basic)[ \t]+)(?!\[)(?:(?=[A-Za-z+/_.=~-]*\d)[A-Za-z0-9._~+/-]{8,}|[A-Za-z0-9._~+/-]{20,})=*/gi,
    replace: secret('token'),
  },
  {
    name: 'cookie',
    kind: 'secret',
    pattern: /(?<before>\b(?:set-)?cookie\\*["']?[ \t]*[:=][ \t]*\\*["']?)(?!\\?\[)[^\s"'=;]{1,256}=[^\r\n"']*/gi,
    replace: secret('cookie'),
  },
  {
    name: 'named-secret',
    kind: 'secret',
    pattern: new RegExp(
      `(?<before>${NAME}(?:${QUOTE}|\\])?[ \\t]{0,4}(?:=>|:=|%3D|[:=：])[ \\t]{0,4})${DONE}${VALUE}`,
      'gi',
    ),
    replace: namedValue,
  },
  {
    name: 'option-secret',
    kind: 'secret',
    pattern:
      /(?<before>[ \t]--?(?:password|passwd|pass|token|secret|api-key|client-secret)[ \t]+)(?!\\?\[)[^\s"'-][^\s"']*/gi,
    replace: secret('password'),
  },
  {
    name: 'sql-password',
    kind: 'secret',
    pattern:
      /(?<before>\b(?:identified\s+by|with\s+(?:encrypted\s+)?password|set\s+password)\s+(?:=\s*)?['"])(?!\[)[^'"\n]+/gi,
    replace: secret('password'),
  },
  {
    name: 'snmp-community',
    kind: 'secret',
    pattern: /(?<before>\bsnmp-server\s+community\s+)(?!\[)\S+/gi,
    replace: secret('community'),
  },
  {
    name: 'query-secret',
    kind: 'secret',
    pattern:
      /(?<before>[?&](?:code|state|key|ticket|nonce|hmac|x-amz-(?:credential|security-token|signature)|x-goog-signature|sig|sv|se)=)(?!\[)[^&\s"'#<>]+/gi,
    replace: ({ groups }) => `${groups.before ?? ''}[removed]`,
  },
  {
    name: 'vendor-token',
    kind: 'secret',
    pattern:
      /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{36,}|\bgithub_pat_\w{40,}|\bglpat-[\w-]{20,}|\bxox[abeprs]-[\w-]{10,}|\bsk-(?:ant-|proj-)?[\w-]{20,}|\bAIza[\w-]{35}|\bnpm_\w{36}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\b[rs]k_live_\w{16,}/g,
    replace: secret('api-key'),
  },
]
