// Names of machines: which dotted words are such names, and names for them that keep common suffixes common.
import type { Pseudonyms } from './pseudonym.ts'

/** Last labels under which two labels already make a host. */
const CLEAR = /^(?:com|net|org|edu|gov|mil|cn|local|lan|corp|intranet|localdomain)$/
/** Last labels that are also words of programs: there it takes three labels. */
const DOUBTFUL =
  /^(?:io|dev|app|cloud|internal|home|consul|arpa|biz|info|xyz|site|online|tech|ai|co|me|tv|hk|tw|jp|kr|sg|de|fr|uk|ru|us|eu|in|br|au|ca|ch|nl|se|es|it|pl)$/
/** Packages of programs, and the public homes of software that logs link to. */
const NOT_HOSTS =
  /^(?:java|javax|jdk|sun|org\.(?:apache|springframework|hibernate|postgresql)|com\.(?:sun|mysql|zaxxer)|socket\.io)(?:\.|$)|(?:^|\.)(?:github\.com|rsyslog\.com|nginx\.org|nodejs\.org|python\.org|kernel\.org|debian\.org|ubuntu\.com|w3\.org|ietf\.org|rfc-editor\.org)$/

/**
 * `db-1.prod.corp.cn` → `host-1a2b3c4d.zone-….zone-…`. The word as it is where it names no host: what stands in prose must
 * end as names of hosts do, of others the place has told what they are.
 */
export function renameHost(word: string, names: Pseudonyms, known: 'by its end' | 'told'): string {
  const name = word.toLowerCase()
  const labels = name.split('.')
  const last = labels.at(-1) ?? ''
  const isHost = known === 'told' || CLEAR.test(last) || (labels.length > 2 && DOUBTFUL.test(last))
  if (!isHost || NOT_HOSTS.test(name)) return word
  if (labels.length === 1) return names.name('host', name)
  const zones = labels.map((_, at) => labels.slice(at).join('.')).slice(1, -1)
  const [top] = labels.length === 2 ? [names.name('zone', name)] : [names.name('host', name)]
  return [top, ...zones.map((zone) => names.name('zone', zone))].join('.')
}

/** Where a field says that it holds the name of a machine: journald's, those of JSON and of logfmt. */
const FIELDS =
  /(?:\b_HOSTNAME=|"(?:_HOSTNAME|hostname|host|host\.name|host_name|hostName|nodeName|node_name|node)\\*"\s*:\s*\\*"|\b(?:hostname|host_name|node_name)=)(?<host>[A-Za-z0-9][\w-]{1,62})(?![\w.-])/g

/** Names of machines that stand alone, where a log says that they are such: in the header of syslog or a field. */
export function hostsNamedIn(text: string): string[] {
  const headers = text.matchAll(
    /^(?:<\d{1,3}>)?(?:1 )?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)) (?<host>[A-Za-z0-9][\w-]{1,62}) [\w./-]+(?:\[\d+\])?(?::| )/gm,
  )
  return [...headers, ...text.matchAll(FIELDS)]
    .map(({ groups }) => groups?.host ?? '')
    .filter((host) => /[\d-]/.test(host))
}

/** Words that an address is not, and that stand for no machine in particular. */
export function isHostName(word: string): boolean {
  return (
    /^[A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9])?$/.test(word) && /[A-Za-z]/.test(word) && !/^(?:localhost|unknown)$/.test(word)
  )
}
