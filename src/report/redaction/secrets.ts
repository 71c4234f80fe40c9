// Secrets as logs carry them: always removed, never given a name.
import { HEADERS } from './headers.ts'
import { describeEncoded, describeToken } from './jwt.ts'
import type { Found, RedactionRule } from './rule.ts'
import { SECRET_PLACES } from './secret-places.ts'
import { SECRET_ADDRESS, VENDOR_TOKEN } from './vendor-tokens.ts'

/** Whole names, or what a longer name ends in: `db.password`, `clientSecret`, `X-Api-Key`. */
const LONG =
  'password|passwd|passphrase|passcode|secret|token|api[_-]?key|apikey|credentials?|(?:access|secret|private|encryption|signing|master|account|shared|subscription|license|shared[_-]?access)[_-]?key(?:[_-](?:id|base))?|pre-?shared-?key|(?:key|trust)store-?pass|requirepass|masterauth|client_assertion|code_verifier|saml(?:response|request)|signature|session[_-]?id|sessid|connect\\.sid|csrf|jsessionid|community|bindpw|rootpw|client-key-data|tls\\.key|dockerconfigjson|密码|口令|密钥|令牌|验证码|passwort|kennwort|contraseña|mot de passe|senha|wachtwoord|hasło|пароль|パスワード|비밀번호'
/** Names that other words end in, so they stand alone or after a separator. */
const SHORT = 'pass|pwd|pin|otp|sig|sid|auth|psk'
const NAME = `(?!(?<=\\[)secret\\s*:)(?:(?:${LONG})|(?<![A-Za-z])(?:${SHORT}))\\d?`
const QUOTE = `\\\\*["']`
const DONE = `(?!(?:${QUOTE}|(?:%5C)*%2[27])?(?:\\\\?\\[|%5B))`
/** An escaped or doubled quote goes on; where the quotes themselves are escaped, the next one ends it. */
const PLAIN = `(?<quote>["'])(?:\\\\[^\\n]|\\k<quote>\\k<quote>|(?!\\k<quote>)[^\\n\\\\])*(?:\\k<quote>|\\\\?$|(?=\\n))`
const ESCAPED = `(?<escaped>\\\\+["'])(?:(?!(?<!\\\\)\\k<escaped>)[^\\n])*(?:\\k<escaped>|$|(?=\\n))`
/** Signs that end a value elsewhere are part of it where no name of a next value follows, or where brackets close again. */
const BARE = `(?:[^\\s,;&"'()<>[\\]{}|\\\\]|[&|,](?![\\w.%-]+=)(?=[^\\s"'()<>[\\]{}\\\\])|\\{[^\\s{}"'\\\\]*\\}|\\\\*["'](?=\\w))`
const VALUE = `(?:${PLAIN}|${ESCAPED}|(?<bare>[^\\s,;&"'()<>[\\]{}|\\\\]${BARE}*))`

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
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,40000}?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|[^"']*?(?=\\*["']|$))/g,
    needs: ['-----BEGIN '],
    replace: secret('private-key'),
  },
  {
    name: 'jwt',
    kind: 'secret',
    pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*){0,3}/g,
    needs: ['eyJ'],
    replace: ({ text }) => describeToken(text),
  },
  {
    // Any of the three parts alone: they are JSON in base64url, and begin with its `{"`.
    name: 'jwt',
    kind: 'secret',
    pattern: /(?<![\w+/-])(?:eyJ|ZXlK|ewog|eyAi|ewoi|ewogIC)[\w+/-]{17,}={0,2}/g,
    replace: ({ text }) => describeEncoded(text),
  },
  { name: 'secret-address', kind: 'secret', pattern: SECRET_ADDRESS, replace: secret('token') },
  {
    // A slash or a question mark may stand in the password, unless a port stands there.
    name: 'url-password',
    kind: 'secret',
    pattern:
      /(?<before>\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"'<>]{0,200}:)(?!\[|\d{1,5}(?:[/?#]|$))[^\s"'<>]{1,512}(?<after>@)/gim,
    needs: ['://'],
    replace: secret('password'),
  },
  {
    name: 'dsn-password',
    kind: 'secret',
    pattern: /(?<before>\b[\w.-]{1,64}:)(?!\[)[^\s@"'/]{1,512}(?<after>@(?:tcp|unix)\()/g,
    needs: ['@tcp(', '@unix('],
    replace: secret('password'),
  },
  ...HEADERS,
  {
    // In a connection string a value ends at its semicolon, whatever signs it holds.
    name: 'named-secret',
    kind: 'secret',
    pattern:
      /(?<before>(?<=[;"'][ ]?|^)(?:password|pwd|accountkey|sharedaccesskey)[ ]?=[ ]?)(?!\[|["'])[^;\s"']{1,512}(?=;)/gim,
    replace: ({ groups }) => `${groups.before ?? ''}[secret:${kindOf(groups.before ?? '')}]`,
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
      /(?<before>[ \t]--?(?:password|passwd|pass|token|secret|api-key|client-secret)[ \t]+)(?!\\?\[)[^\s"'\\-][^\s"'\\]*/gi,
    replace: secret('password'),
  },
  {
    name: 'sql-password',
    kind: 'secret',
    pattern:
      /(?<before>\b(?:identified\s+(?:with\s+\S+\s+)?(?:by|as)(?:\s+password)?|with\s+(?:encrypted\s+)?password|set\s+password)\s+(?:=\s*)?\\*['"])(?!\[)[^'"\n\\]+/gi,
    replace: secret('password'),
  },
  {
    name: 'snmp-community',
    kind: 'secret',
    pattern: /(?<before>\bsnmp-server\s+community\s+)(?!\[)[^\s"'\\]+/gi,
    replace: secret('community'),
  },
  {
    name: 'query-secret',
    kind: 'secret',
    pattern:
      /(?<before>[?&](?:code|state|key|ticket|nonce|hmac|x-amz-(?:credential|security-token|signature)|x-goog-signature|sig|sv|se)=)(?!\[)[^&\s"'#<>\\]+/gi,
    replace: ({ groups }) => `${groups.before ?? ''}[removed]`,
  },
  {
    name: 'vendor-token',
    kind: 'secret',
    pattern: VENDOR_TOKEN,
    replace: secret('api-key'),
  },
]
