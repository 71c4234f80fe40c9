// What ping, ss, ip -s link, /proc/net and nstat print: echoes, sockets, links and counts of segments.
import type { LineReader } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import type { Sample } from './sample-rows.ts'

/** Of one source: what earlier lines say of those that follow. */
interface State {
  ping: { readonly target: string; readonly size: number } | null
  socket: SocketEnds | null
  device: string
  /** Which way the counts of the next line went; `packets` of `ethtool -S`. */
  direction: 'receive' | 'send' | null
  packets: number | null
  /** Rows of `/proc/net/dev` follow. */
  areDevices: boolean
  /** Of the line that says what the counts of TCP in `/proc/net/snmp` are. */
  columns: readonly string[]
  /** Segments sent, where those sent again are still to come. */
  segments: number | null
  /** Counts as they were written last: the two of TCP. */
  before: readonly [number, number] | null
}

interface SocketEnds {
  readonly client: string
  readonly server: string
  readonly port: number
}

/** How such output begins: until it does no line is looked at closely. */
const BEGINS =
  /^(?:PING \S+ \(|Pinging \S+ |(?:Netid +)?State +Recv-Q|\d+: \S+: <[A-Z,_-]+> mtu |Inter-\| +Receive|NIC statistics:|Tcp: RtoAlgorithm|Tcp(?:OutSegs|RetransSegs) +\d|node_netstat_Tcp_|#kernel$|\s+\d+ segments sen)/

const PING = /^PING \S+ \(([^\s()]+)\)(?: from \S+(?: \S+)?)?:? (\d+)(?:\(\d+\))? (?:data )?bytes/
const PINGING = /^Pinging (?:\S+ \[)?([^\s\]]+)\]? with (\d+) bytes of data/
const ECHOES = /(\d+) packets transmitted, (\d+)(?: packets)? received/
const ECHOES_THERE = /Packets: Sent = (\d+), Received = (\d+),/
const SOCKET = /^(?:tcp +)?ESTAB +(\d+) +(\d+) +(\S+):(\d+) +(\S+):(\d+)(.*)$/
const TIMER = /timer:\((\w+),[^,()]+,(\d+)\)/
const DETAIL = /^\s+.*\brto:\d/
const LINK = /^\d+: ([^\s:@]+)(?:@\S+)?: <[A-Z,_-]+> mtu \d+/
const WAY = /^\s+(RX|TX):\s+bytes\s+packets\s+errors\s+dropped/
const DEVICE_ROW = /^\s*([^\s:]+):\s*((?:\d+\s+){15}\d+)\s*$/
const ETHTOOL = /^\s+(rx_packets|rx_errors|rx_crc_errors|rx_missed_errors|rx_fifo_errors): (\d+)$/
const WRITTEN_OUT = /^\s{2,8}(\d+) segments (sen[dt] out|retransmit{1,2}ed)\s*$/
const COUNTED = /^(?:node_netstat_Tcp_|Tcp)(OutSegs|RetransSegs)\s+(\d+(?:\.\d+)?(?:e\+?\d+)?)\b/

/** Details of a socket are the longest rows. */
const LONGEST = 800

export function networkReader(): LineReader {
  const state: State = {
    ping: null,
    socket: null,
    device: '',
    direction: null,
    packets: null,
    areDevices: false,
    columns: [],
    segments: null,
    before: null,
  }
  const readers = [echoes, socket, link, deviceRow, segmentsOf]
  let isOpen = false
  return (line) => {
    if (line.length > LONGEST) return null
    isOpen ||= BEGINS.test(line)
    if (!isOpen) return null
    for (const read of readers) {
      const found = read(line, state)
      if (found !== null) return found
    }
    return null
  }
}

function said(line: string, sample: Sample | null = null): Reading {
  return sample === null ? reading({ body: line }) : reading({ body: line, fields: sample.fields, fact: sample })
}

function ratio(part: number, whole: number): number {
  return Math.round((part / Math.max(1, whole)) * 10_000) / 10_000
}

function echoes(line: string, state: State): Reading | null {
  const [, target, size] = PING.exec(line) ?? PINGING.exec(line) ?? []
  if (target !== undefined) {
    state.ping = { target, size: Number(size) }
    return said(line)
  }
  const counts = ECHOES.exec(line) ?? ECHOES_THERE.exec(line)
  const { ping } = state
  if (counts === null || ping === null) return null
  const [sent, received] = [Number(counts[1]), Number(counts[2])]
  state.ping = null
  return said(line, { kind: 'host.ping', fields: { ...ping, sent, received, loss: ratio(sent - received, sent) } })
}

/** The lower port is the server's. */
function socket(line: string, state: State): Reading | null {
  const found = SOCKET.exec(line)
  if (found === null) return detail(line, state)
  const [, received = '', waiting = '', near = '', nearPort = '', far = '', farPort = '', rest = ''] = found
  const isServed = Number(nearPort) < Number(farPort)
  const ends = isServed
    ? { client: bare(far), server: bare(near), port: Number(nearPort) }
    : { client: bare(near), server: bare(far), port: Number(farPort) }
  state.socket = ends
  const timer = TIMER.exec(rest)
  const queues = { recv_queue: Number(received), send_queue: Number(waiting) }
  const timed = { timer: timer?.[1] ?? null, tries: timer === null ? null : Number(timer[2]) }
  return said(line, { kind: 'host.socket', fields: { ...ends, ...queues, ...timed } })
}

function detail(line: string, { socket: ends }: State): Reading | null {
  if (ends === null || !DETAIL.test(line)) return null
  const number = (pattern: RegExp) => Number(pattern.exec(line)?.[1] ?? 0)
  const [sent, resent] = [number(/\bbytes_sent:(\d+)/), number(/\bbytes_retrans:(\d+)/)]
  const limited = number(/\brwnd_limited:\d+ms\((\d+(?:\.\d+)?)%\)/) / 100
  return said(line, { kind: 'host.socket', fields: { ...ends, limited, sent, resent_share: ratio(resent, sent) } })
}

function bare(address: string): string {
  return address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
}

function link(line: string, state: State): Reading | null {
  const device = LINK.exec(line)?.[1]
  if (device !== undefined) state.device = device
  const way = WAY.exec(line)?.[1]
  if (way !== undefined) state.direction = way === 'RX' ? 'receive' : 'send'
  if (device !== undefined || way !== undefined) return said(line)
  const { direction } = state
  if (direction === null) return null
  state.direction = null
  const [, packets, errors, dropped] = line.trim().split(/\s+/).map(Number)
  return linkOf(line, { device: state.device, direction, packets, errors, dropped })
}

function linkOf(
  line: string,
  counts: {
    readonly device: string | null
    readonly direction: 'receive' | 'send'
    readonly packets: number | undefined
    readonly errors: number | undefined
    readonly dropped: number | undefined
  },
): Reading | null {
  const { packets = Number.NaN, errors = Number.NaN, dropped = 0 } = counts
  if (!(packets >= 0) || !(errors >= 0)) return null
  const fields = { ...counts, packets, errors, dropped, error_share: ratio(errors, packets) }
  return said(line, { kind: 'host.link', fields })
}

/** Rows of `/proc/net/dev`, which begin with bytes, packets, errs and drop of what came; lines of `ethtool -S`. */
function deviceRow(line: string, state: State): Reading | null {
  if (/^Inter-\| +Receive/.test(line)) {
    state.areDevices = true
    return said(line)
  }
  const [, device, cells = ''] = state.areDevices ? (DEVICE_ROW.exec(line) ?? []) : []
  const [, packets, errors, dropped] = cells.trim().split(/\s+/).map(Number)
  if (device !== undefined) return linkOf(line, { device, direction: 'receive', packets, errors, dropped })
  const [, name, count] = ETHTOOL.exec(line) ?? []
  if (name === undefined) return null
  if (name === 'rx_packets') state.packets = Number(count)
  if (name === 'rx_packets' || state.packets === null) return said(line)
  return linkOf(line, { device: null, direction: 'receive', packets: state.packets, errors: Number(count), dropped: 0 })
}

function segmentsOf(line: string, state: State): Reading | null {
  const cells = line.startsWith('Tcp: ') ? line.split(/\s+/) : null
  if (cells?.includes('OutSegs') === true) {
    state.columns = cells
    return said(line)
  }
  if (cells !== null && state.columns.length === cells.length) {
    const at = (name: string) => Number(cells[state.columns.indexOf(name)])
    return said(line, segmentsSample([at('OutSegs'), at('RetransSegs')], state))
  }
  const [, name = '', count] = COUNTED.exec(line) ?? inWords(line)
  if (name === '') return null
  if (name === 'OutSegs') state.segments = Number(count)
  if (name === 'OutSegs' || state.segments === null) return said(line)
  return said(line, segmentsSample([state.segments, Number(count)], state))
}

/** `netstat -s` writes them out. */
function inWords(line: string): readonly string[] {
  const [, count = '', way = ''] = WRITTEN_OUT.exec(line) ?? []
  return way === '' ? [] : [line, way.startsWith('sen') ? 'OutSegs' : 'RetransSegs', count]
}

/** What was sent, and of it what was sent again: since the counts were written before in the source, else since the machine was started. */
function segmentsSample(counts: readonly [number, number], state: State): Sample | null {
  const { before } = state
  state.before = counts
  const isLater = before !== null && counts[0] > before[0] && counts[1] >= before[1]
  const segments = isLater ? counts[0] - before[0] : counts[0]
  const resent = isLater ? counts[1] - before[1] : counts[1]
  if (!(segments > 0) || !(resent >= 0)) return null
  const since = isLater ? 'last' : 'start'
  return { kind: 'host.tcp', fields: { segments, resent, resent_share: ratio(resent, segments), since } }
}
