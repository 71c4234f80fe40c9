// Names in certificates and directories: who they were made for, and by whom.
import { renameHost } from './hosts.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { RedactionRule } from './rule.ts'

/** Public authorities, whose names tell nothing of anybody, and the machine itself. */
const PUBLIC =
  /^(?:localhost|\d+$|\(?none\)?|null|ISRG\b|Let's Encrypt|[ER]\d{1,2}$|DigiCert|GlobalSign|Sectigo|COMODO|USERTrust|The USERTRUST|GeoTrust|Thawte|Entrust|VeriSign|Amazon|GTS\b|Google Trust|Baltimore|Cloudflare|Go ?Daddy|Starfield|TrustAsia|CFCA|WoTrus|ZeroSSL|Microsoft|Kubernetes|kube-ca|kubernetes|snakeoil)/i
const ATTRIBUTE = '(?:CN|OU|O|L|ST|SN|GN|DC|UID|C|serialNumber|emailAddress)[ ]?='

/** RFC 4514, or with slashes as OpenSSL once wrote them. */
const VALUE = `(?<value>(?!(?:name|host|mail|user)-[0-9a-f]{8})[^\\s,/+;"'()<>=\\\\[\\]](?:[^,/+;"'()<>=\\n\\\\[\\]]|'(?=[a-z])){0,100}?)(?=[ ]*(?:[,/+;"()<>\\\\\\n\\]]|'(?![a-z])|$)|[ ]+(?:\\w+[ ]?=|[-:|]))`

export const CERTIFICATES: readonly RedactionRule[] = [
  {
    name: 'certificate-name',
    kind: 'identity',
    pattern: new RegExp(`(?<before>(?<![\\w.])CN[ ]?=[ ]?)${VALUE}`, 'gim'),
    replace: ({ groups }, names) => renamed(groups, names),
  },
  {
    // Beside another attribute only: `O=` alone may be anything.
    name: 'certificate-name',
    kind: 'identity',
    pattern: new RegExp(
      `(?<before>(?:(?<=[\\w\\])"' ][,/+][ ]?)|\\b(?:subject|issuer|DN)[ ]{0,2}[:=][ ]{0,2}["'/]?)(?:OU|O|L|ST|SN|GN|serialNumber)[ ]?=[ ]?)${VALUE}`,
      'gim',
    ),
    replace: ({ groups }, names) => renamed(groups, names),
  },
  {
    name: 'certificate-name',
    kind: 'identity',
    pattern: new RegExp(`(?<before>(?<![\\w.])(?:OU|O|L|ST|UID)[ ]?=[ ]?)${VALUE}(?=[ ]*[,/+][ ]?${ATTRIBUTE})`, 'gm'),
    replace: ({ groups }, names) => renamed(groups, names),
  },
  {
    name: 'host-name',
    kind: 'identity',
    pattern: /(?<before>\bDNS(?::|[ ]Name[=:])[ ]?)(?<value>(?:\*\.)?[A-Za-z0-9_][\w.-]{0,252})/g,
    replace: ({ groups }, names) => renamed(groups, names),
  },
]

function renamed(groups: Readonly<Record<string, string | undefined>>, names: Pseudonyms): string | null {
  const { before = '', value = '' } = groups
  if (PUBLIC.test(value) || /^(?:\d{1,3}\.){3}\d|:.*:|^(?:\*\.)?(?:host|zone)-[0-9a-f]{8}/.test(value)) return null
  return before + nameFor(value, names)
}

/** A name of a machine is renamed as it is elsewhere. */
function nameFor(value: string, names: Pseudonyms): string {
  const star = value.startsWith('*.') ? '*.' : ''
  const plain = value.slice(star.length)
  if (!/^[A-Za-z0-9_][\w.-]*$/.test(plain)) return names.name('name', value.toLowerCase())
  return star + renameHost(plain, names, 'told')
}
