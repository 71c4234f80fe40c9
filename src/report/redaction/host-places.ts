// Names of machines under any last label, known by the place they stand in: addresses, errors of resolvers, what connects.
import { renameHost } from './hosts.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { RedactionRule } from './rule.ts'

const LABEL = '[A-Za-z0-9_](?:[\\w-]{0,61}[A-Za-z0-9])?'
const DOTTED = `(?<host>${LABEL}(?:\\.${LABEL}){1,8})\\.?(?![\\w(=-]|\\.\\w)`
const ANY = `(?<host>${LABEL}(?:\\.${LABEL}){0,8})\\.?(?![\\w(=-]|\\.\\w)`

/** Last labels of files, units and versions: a word with one is no machine. */
const NO_MACHINE =
  /\.(?:java|kt|scala|groovy|js|mjs|cjs|jsx|ts|tsx|vue|py|pyc|go|rb|erb|php|phtml|cs|fs|vb|c|cc|cpp|cxx|h|hpp|rs|swift|m|mm|lua|pl|pm|ex|exs|erl|beam|clj|sql|sh|bash|bat|ps1|class|jar|war|ear|so|dll|exe|log|txt|md|json|jsonl|xml|yml|yaml|toml|ini|conf|cfg|cnf|properties|env|lock|pid|sock|tmp|bak|old|gz|tgz|tar|zip|xz|bz2|zst|pcap|pcapng|cap|csv|tsv|html|htm|css|svg|png|jpg|gif|ico|pem|crt|cer|key|csr|p12|pfx|jks|db|sqlite|dat|bin|img|iso|rpm|deb|service|socket|timer|target|mount|slice|scope|path|device|journal|snapshot|release|final|ga|x86_64|amd64|arm64|noarch|el\d|fc\d+|generic|lib|test|spec|map|proto|thrift|wasm)\d*$|^(?:\d+\.)+\d+$|\.\d+\.|\.(?:war|jar|ear|tar|log|conf|json|ya?ml|xml|service)\.|^v?\d+(?:\.\d+)+/i

type Groups = Readonly<Record<string, string | undefined>>

function renamed(groups: Groups, names: Pseudonyms): string | null {
  const { before = '', host = '', after = '' } = groups
  if (NO_MACHINE.test(host) || KEPT.test(host) || /^(?:host|zone|mail|user)-[0-9a-f]{8}/.test(host)) return null
  const name = renameHost(host, names, 'told')
  return name === host ? null : before + name + after
}

/** Large and small letters together name classes and errors of programs. */
function isMixed({ host = '' }: Groups): boolean {
  return /[A-Z]/.test(host) && /[a-z]/.test(host)
}

/** The machine itself, and words that stand for a machine. */
const KEPT =
  /^(?:localhost|localhost\.localdomain|ip6-localhost|unix|tcp|udp|the|a|an|this|is|was|for|of|on|and|not|no|failed|failure|error|timeout|timed|server|host|client|address|name|null|none|undefined|unknown|redacted|\d+)$/i

export const HOST_PLACES: readonly RedactionRule[] = [
  {
    name: 'host-name',
    kind: 'identity',
    pattern: new RegExp(
      `(?<before>\\b(?:https?|wss?|grpcs?|tcp|udp|tls|ssl|ftps?|sftp|ssh|ldaps?|rediss?|amqps?|mqtts?|nats|kafka|mongodb(?:\\+srv)?|postgres(?:ql)?|mysql|mariadb|sqlserver|oracle|clickhouse|elasticsearch|etcd|consul|zookeeper|smb|nfs|rtsp|dns|stratum|git|svn|s3|jdbc:[a-z]+):\\/\\/(?:[^\\s/@"'<>]{0,200}@)?)${ANY}`,
      'gi',
    ),
    replace: ({ groups }, names) => renamed(groups, names),
  },
  {
    name: 'host-name',
    kind: 'identity',
    pattern: new RegExp(
      `(?<before>\\b(?:getaddrinfo\\s+)?(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME)\\s+|\\bUnknownHostException:\\s+|\\b(?:resolve|translate|find|look\\s?up)\\s+(?:the\\s+)?host(?:[ -]?name)?:?\\s*["'“]?|\\bunknown host:?\\s+["'“]?|\\bno such host:?\\s+["'“]?)${ANY}`,
      'gi',
    ),
    replace: ({ groups }, names) => renamed(groups, names),
  },
  {
    name: 'host-name',
    kind: 'identity',
    pattern: new RegExp(
      `(?<before>\\blookup\\s+)(?<host>${LABEL}(?:\\.${LABEL}){0,8})\\.?(?<after>(?=\\s+on\\s+[\\d\\[]|:\\s))`,
      'g',
    ),
    replace: ({ groups }, names) => renamed(groups, names),
  },
  {
    name: 'host-name',
    kind: 'identity',
    pattern: new RegExp(
      `(?<before>\\b(?:host|hostname|server|server_name|upstream|peer|remote|backend|broker|endpoint|nameserver|resolv(?:e|ing|ed)|proxy|gateway|connect(?:ing|ed|ion)?\\s+(?:to|from|with)|dial\\s+tcp|ssh|ping|nslookup|dig|traceroute|telnet|query(?:ing)?|(?:resolve|translate|look\\s?up)\\s+(?:the\\s+)?(?:address|name)?)(?:\\\\*["']?\\s{0,2}[:=]\\s{0,2}|\\s{1,2})\\\\*["'“]?)${DOTTED}`,
      'gi',
    ),
    replace: ({ groups }, names) => (isMixed(groups) ? null : renamed(groups, names)),
  },
  {
    // Hyphens stand in no package's name; three labels are more than a file and its kind.
    name: 'host-name',
    kind: 'identity',
    pattern:
      /(?<![\w.@%/$-])(?<host>(?=[a-z0-9]{1,40}-)[a-z0-9][a-z0-9-]{0,61}[a-z0-9](?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,7}\.[a-z]{2,24})(?![\w(=-]|\.\w)/g,
    replace: ({ groups }, names) => renamed(groups, names),
  },
]
