// Access lines that follow no common log format: Envoy, HAProxy, AWS load balancers, Confluence, Gin, uvicorn, uWSGI, PHP-FPM, Bitbucket.
import type { RequestStep } from '../../model/index.ts'
import { byFirst } from '../asked.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { requestOf } from './access-request.ts'
import { durationMicros, tailOf } from './access-tail.ts'

interface Style {
  /** Who writes such lines and no other. */
  readonly program?: string
  /** The time is when the request came. */
  readonly begins?: true
  /** The characters that its lines can begin with. */
  readonly opens: RegExp
  /** Part of every line of the style: cheaper to look for than the pattern. */
  readonly holds: string
  readonly pattern: RegExp
  /** Fields out of the named groups. */
  readonly fields: (groups: Readonly<Record<string, string | undefined>>) => OpenFields
}

const micros = (millis: string | undefined): number | null =>
  millis === undefined || millis === '-' || Number(millis) < 0 ? null : Math.round(Number(millis) * 1000)
const plain = (text: string | undefined): string | null =>
  text === undefined || text === '-' || text === '' ? null : text
const address = (text: string | undefined): string | null => plain(text)?.replace(/:\d+$/, '') ?? null

const STYLES: readonly Style[] = [
  {
    program: 'envoy',
    begins: true,
    // https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string
    opens: /\[/,
    holds: 'Z] "',
    pattern:
      /^\[(?<time>\d{4}-\d\d-\d\dT[\d:.]+Z)\] "(?<method>[A-Z-]+) (?<path>\S*)(?: \S*)?" (?<status>\d{1,3}) (?<flags>\S+)(?<rest>.*)$/,
    fields: (groups) => {
      const words = [...(groups.rest ?? '').matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
        (found) => found[1] ?? found[2] ?? '',
      )
      const numbers = words.findIndex(
        (word, at) =>
          /^\d+$/.test(word) && /^\d+$/.test(words[at + 1] ?? '') && /^(?:\d+|-)$/.test(words[at + 2] ?? ''),
      )
      const quoted = words.slice(numbers + 4)
      return {
        flags: plain(groups.flags),
        duration: micros(words[numbers + 2]),
        client: address(quoted[0]?.split(',')[0]),
        user_agent: plain(quoted[1]),
        request_id: plain(quoted[2]),
        host: plain(quoted[3]),
        upstream: plain(quoted[4]),
      }
    },
  },
  {
    program: 'haproxy',
    begins: true,
    // https://docs.haproxy.org/3.0/configuration.html#8.2.3
    opens: /\S/,
    holds: '] ',
    pattern:
      /^(?:<\d{1,3}>)?(?<client>\S+):\d+ \[(?<time>\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:[\d:.]+)\] (?<frontend>\S+) (?<backend>[^\s/]+)\/(?<server>\S+) (?<timers>[-+\d/]+)\/(?<total>\+?-?\d+) (?<status>-1|\d{3}) (?<bytes>\+?\d+) \S+ \S+ (?<state>[\w-]{4}) \S+ \S+ (?:\{[^}]*\} )*"(?<method>[A-Z]+|<BADREQ>) ?(?<path>\S*)/,
    fields: (groups) => ({
      client: plain(groups.client),
      frontend: plain(groups.frontend),
      upstream: `${groups.backend}/${groups.server}`,
      duration: micros(groups.total?.replace('+', '')),
      termination: plain(groups.state),
    }),
  },
  {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
    opens: /[hgw\d]/,
    holds: 'Z ',
    pattern:
      /^(?:(?:https?|h2|grpcs?|wss?) )?(?<time>\d{4}-\d\d-\d\dT[\d:.]+Z) (?<balancer>\S+) (?<client>\S+):\d+ (?<upstream>\S+) (?<a>-?[\d.]+) (?<b>-?[\d.]+) (?<c>-?[\d.]+) (?<status>\d{3}|-) (?<backend>\d{3}|-) \d+ \d+ "(?<method>[A-Z-]+) (?<path>\S+) \S+ ?"(?: "(?<agent>[^"]*)")?/,
    fields: (groups) => {
      const parts = [groups.a, groups.b, groups.c].map(Number)
      const total = parts.some((part) => part < 0) ? null : Math.round(parts.reduce((sum, part) => sum + part, 0) * 1e6)
      return {
        client: plain(groups.client),
        upstream: plain(groups.upstream),
        duration: total,
        user_agent: plain(groups.agent),
      }
    },
  },
  {
    opens: /\[/,
    holds: 'HTTP/',
    pattern:
      /^\[(?<time>\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] (?<user>\S+) (?<thread>\S+) (?<client>\S+) (?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+ (?<status>\d{3}) (?<taken>\d+)ms /,
    fields: (groups) => ({
      client: plain(groups.client),
      duration: micros(groups.taken),
      thread: plain(groups.thread),
    }),
  },
  {
    opens: /\[/,
    holds: '[GIN] ',
    pattern:
      /^\[GIN\] (?<time>\d{4}\/\d\d\/\d\d - \d\d:\d\d:\d\d) \| *(?<status>\d{3}) \| *(?<taken>[\d.]+)(?<unit>µs|us|ms|s) \| *(?<client>\S+) \| (?<method>[A-Z]+) +"?(?<path>[^"\s]*)/,
    fields: (groups) => ({
      client: plain(groups.client),
      duration: durationMicros(groups.taken ?? '0', groups.unit === 'µs' ? 'us' : groups.unit),
    }),
  },
  {
    program: 'squid',
    // https://wiki.squid-cache.org/Features/LogFormat
    opens: /1/,
    holds: '/',
    pattern:
      /^(?<time>1\d{9}\.\d{3}) +(?<taken>\d+) (?<client>\S+) (?<result>[A-Z_]+)\/(?<status>\d{3}) (?<bytes>\d+) (?<method>[A-Z_-]+) (?<path>\S+) \S+ (?:[A-Z_]+)\/(?<peer>\S+)/,
    fields: (groups) => ({
      client: plain(groups.client),
      duration: micros(groups.taken),
      upstream: plain(groups.peer),
      result: plain(groups.result),
    }),
  },
  {
    // uvicorn, and as FastAPI's own command shows it
    opens: / ?I/,
    holds: ' - "',
    pattern:
      /^(?: {6}(?=INFO ))?(?<level>INFO):? +(?<client>[\w.:]+):\d+ - "(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d{3})\b/,
    fields: (groups) => ({ client: plain(groups.client) }),
  },
  {
    // uvicorn behind a layout of one's own: time, level and logger in any order.
    opens: /[[\d]/,
    holds: ' - "',
    pattern:
      /^\[?(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)\]?[^"]{0,40}?(?:\b(?<level>INFO|WARNING|ERROR)\b[^"]{0,40}?)? (?<client>[\d.]{7,15}|[0-9a-f:]{2,45}):\d+ - "(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d{3})\b/,
    fields: (groups) => ({ client: plain(groups.client) }),
  },
  {
    opens: /\d/,
    holds: '" ',
    pattern:
      /^(?<time>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)) (?<client>(?:\d{1,3}\.){3}\d{1,3}|(?=[0-9a-f]*:)[0-9a-f:]{2,45}) (?:\S+ ){0,5}?"(?<method>[A-Z]{3,10}) (?<path>[^\s"]+)(?: [^"]*)?" (?<status>\d{3})(?= |$)(?<rest>.*)$/,
    fields: (groups) => ({ client: plain(groups.client), ...tailOf(groups.rest ?? '', '') }),
  },
  {
    // Nginx Proxy Manager: cache, upstream's status and its own
    opens: /\[/,
    holds: ' [Client ',
    pattern:
      /^\[(?<time>\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] (?:\S+ )?(?:-|\d{3}(?:, \d{3})*) (?<status>\d{3}) - (?<method>[A-Z]{3,10}) \S+ (?<host>\S+) "(?<path>[^"]*)" \[Client (?<client>[^\]]+)\] \[Length \S+\] \[Gzip \S+\](?: \[Sent-to (?<upstream>[^\]]+)\])?(?: "(?<agent>[^"]*)")?/,
    fields: (groups) => ({
      client: plain(groups.client),
      host: plain(groups.host),
      upstream: plain(groups.upstream),
      user_agent: plain(groups.agent),
    }),
  },
  {
    // Bitbucket's answers: https://confluence.atlassian.com/bitbucketserver/how-to-read-the-bitbucket-data-center-log-formats-779171668.html
    opens: /[\da-f:]/,
    holds: ' | o',
    pattern:
      /^(?<client>[\da-f.:]{2,45})(?:,\S+)? \| \w+ \| o[@*]\S+ \| [^|]+ \| (?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \| "(?<method>[A-Z]{3,10}) (?<path>[^\s"]+)[^"]*" \| .* \| (?<status>\d{3}) \| [-\d]+ \| [-\d]+ \| [^|]* \| (?<taken>\d+) \|/,
    fields: (groups) => ({ client: plain(groups.client), duration: micros(groups.taken) }),
  },
  {
    // PHP-FPM's own: https://www.php.net/manual/en/install.fpm.configuration.php#access-format
    opens: /[\da-f:]/,
    holds: ' "',
    pattern:
      /^(?<client>[\d.]{7,15}|[\da-f:]{2,45}) - +(?:\S{1,80} )?(?<time>\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}) "(?<method>[A-Z]{3,10}) (?<path>[^"\s]+)" (?<status>\d{3})(?: (?<script>\/\S+) (?<taken>\d+\.\d+))?/,
    fields: (groups) => ({ client: plain(groups.client), duration: micros(groups.taken) }),
  },
  {
    opens: /\[/,
    holds: ' => generated ',
    pattern:
      /^\[pid: (?<process>\d+)\|.*?\] (?<client>\S+) \(.*?\) \{.*?\} \[(?<time>[^\]]+)\] (?<method>[A-Z]+) (?<path>\S+) => generated (?<bytes>\d+) bytes in (?<taken>\d+) msecs \(HTTP\/[\d.]+ (?<status>\d{3})\)/,
    fields: (groups) => ({ client: plain(groups.client), duration: micros(groups.taken) }),
  },
]

const stylesOf = byFirst(STYLES, ({ opens }) => opens)

/** What styles without a quoted request begin with. */
const UNQUOTED = /^(?:\[|1\d{9}\.)/

function read(line: string): Reading | null {
  if (!line.includes('"') && !UNQUOTED.test(line)) return null
  for (const { holds, pattern, program = null, begins, fields: fieldsOf } of stylesOf(line)) {
    const groups = line.includes(holds) ? pattern.exec(line)?.groups : undefined
    if (groups === undefined) continue
    const { time, method = null, path = null } = groups
    const stamp = time === undefined ? null : stampAt(line, time)
    const fields: OpenFields = { ...known(fieldsOf(groups)), method, path, status: Number(groups.status) }
    const pid = groups.process === undefined ? null : Number(groups.process)
    return reading({
      stamp,
      severity: severityOf(groups.level ?? ''),
      program,
      pid,
      body: line.trimEnd(),
      fields,
      request: method === '-' ? null : { ...requestOf(fields), begins: begins === true },
    })
  }
  return null
}

/** Gin puts a dash between date and time. */
function stampAt(line: string, time: string): Stamp | null {
  const start = line.indexOf(time)
  const stamp = readStamp(time.replace(' - ', ' '), 0)
  const more = start + (time.includes(' - ') ? 2 : 0)
  return stamp === null ? null : { ...stamp, start, seconds: more + stamp.seconds, end: more + stamp.end }
}

function known(fields: OpenFields): OpenFields {
  const some: OpenFields = {}
  for (const name in fields) {
    const value = fields[name]
    if (value !== null && value !== undefined) some[name] = value
  }
  return some
}

/** HAProxy's line, for lines that are read together. https://docs.haproxy.org/3.0/configuration.html#8.2.3 */
export const HAPROXY_STEPS: readonly RequestStep[] = [
  'client',
  'time',
  'word',
  'server',
  'times',
  'status',
  'size',
  'word',
  'word',
  'state',
  'word',
  'word',
  'braces',
  'method',
]

export const proxyAccess: LogFormat = {
  name: 'proxy-access',
  frame: 'line',
  nests: true,
  begins: / I|\S/,
  takes: [
    '[2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "192.0.2.28" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "locations" "tcp://192.0.2.77:80"',
    '192.0.2.1:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"',
    'https 2023-04-26T12:23:00.186641Z app/api/490d 192.0.2.100:44740 192.0.2.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/robots.txt HTTP/1.1" "curl/7.46.0" -',
    '2026-11-20T22:35:19+00:00 192.0.2.1 - "GET /x HTTP/1.1" 502 157 0.103',
    '1795214762.694    123 192.0.2.1 TCP_MISS/503 4015 GET http://a.example/ - HIER_DIRECT/192.0.2.7 text/html',
    '[GIN] 2022/02/07 - 10:49:33 | 401 |     505.317µs |       192.0.2.3 | POST     "/client"',
    '[20/Nov/2026:22:35:19 +0000] - 502 502 - GET https shop.example "/x" [Client 192.0.2.1] [Length 5] [Gzip -] [Sent-to 192.0.2.7] "curl/8" "-"',
    '192.0.2.1 | https | o@W0J2EIx1117x2x1 | joe | 2026-11-20 22:35:19,868 | "GET /x HTTP/1.1" | "" "curl/8" | - | 502 | 0 | 0 | - | 53 | xyz | ',
    '192.0.2.1 -  20/Nov/2026:22:35:19 +0000 "GET /index.php" 502',
    'INFO:     192.0.2.1:52782 - "POST /login HTTP/1.1" 401 Unauthorized',
    '      INFO   192.0.2.1:52782 - "POST /login HTTP/1.1" 500',
    '2025-09-17 14:02:14,000 - uvicorn.access - INFO - 192.0.2.1:52782 - "POST /embed HTTP/1.1" 503',
  ],
  leaves: ['[2016-04-15T20:17:00.310Z] "quoted" text'],
  steps: HAPROXY_STEPS,
  open: () => read,
}
