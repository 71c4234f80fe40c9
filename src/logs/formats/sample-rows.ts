// What the rows of tables state: processors, devices, memory, file systems, TCP, queues, by the names of their columns.
import type { OpenFields } from '../reading.ts'

/** A fact that a row states. Shares are 0..1, durations microseconds, sizes bytes. */
export interface Sample {
  readonly kind:
    | 'host.cpu'
    | 'host.disk'
    | 'host.memory'
    | 'host.volume'
    | 'host.tcp'
    | 'host.ping'
    | 'host.socket'
    | 'host.link'
    | 'host.pressure'
    | 'host.throttled'
    | 'queue.depth'
  readonly fields: OpenFields
}

/** Cells of a row by the names of their columns. */
export type Cells = ReadonlyMap<string, string>

const KIB = 1024

/** The number of the first of these columns; null where none holds one. A comma may stand for the point. */
export function numberIn(cells: Cells, ...names: readonly string[]): number | null {
  for (const name of names) {
    const text = cells.get(name)
    if (text !== undefined && /^\d+(?:[.,]\d+)?%?$/.test(text)) return Number(text.replace(',', '.').replace('%', ''))
  }
  return null
}

function share(percent: number | null): number | null {
  return percent === null ? null : Math.round(percent * 100) / 10_000
}

/** Waiting for devices is no work: what is neither idle nor waiting is busy. */
export function cpuSample(cells: Cells): Sample | null {
  const idle = numberIn(cells, '%idle', 'id')
  const user = numberIn(cells, '%usr', '%user', 'us')
  if (idle === null || user === null || idle > 100) return null
  const iowait = numberIn(cells, '%iowait', 'wa') ?? 0
  return {
    kind: 'host.cpu',
    fields: {
      cpu: cells.get('CPU') ?? 'all',
      busy: share(Math.max(0, 100 - idle - iowait)),
      user: share(user),
      system: share(numberIn(cells, '%sys', '%system', 'sy')),
      iowait: share(iowait),
      steal: share(numberIn(cells, '%steal', 'st')),
      running: numberIn(cells, 'r'),
      blocked: numberIn(cells, 'b'),
    },
  }
}

/** Where reads and writes are told apart, each counts as often as it happened. */
export function diskSample(cells: Cells): Sample | null {
  const util = numberIn(cells, '%util')
  const device = cells.get('Device') ?? cells.get('Device:') ?? cells.get('DEV') ?? null
  const wait = numberIn(cells, 'await') ?? meanWait(cells)
  if (util === null || device === null || wait === null) return null
  const queue = numberIn(cells, 'aqu-sz', 'avgqu-sz')
  return { kind: 'host.disk', fields: { device, await: Math.round(wait * 1000), util: share(util), queue } }
}

function meanWait(cells: Cells): number | null {
  const [reads, writes] = [numberIn(cells, 'r/s') ?? 0, numberIn(cells, 'w/s') ?? 0]
  const [read, written] = [numberIn(cells, 'r_await'), numberIn(cells, 'w_await')]
  if (read === null || written === null) return null
  return reads + writes === 0 ? 0 : (read * reads + written * writes) / (reads + writes)
}

const POWERS = 'KMGTPE'

/** `40G`, `7.8Gi`, `812044`: bytes, where a bare number counts units of so many. */
export function sizeOf(text: string | undefined, unit: number): number | null {
  const [, digits, power] = /^(\d+(?:[.,]\d+)?)([KMGTPE])?i?B?$/i.exec(text ?? '') ?? []
  if (digits === undefined) return null
  const factor = power === undefined ? unit : 1024 ** (POWERS.indexOf(power.toUpperCase()) + 1)
  return Math.round(Number(digits.replace(',', '.')) * factor)
}

/** `free` counts in KiB, with `-m` in MiB: a machine has more than 256 MiB and less than 256 GiB. */
export function memorySample(cells: Cells): Sample | null {
  const bare = numberIn(cells, 'total')
  const unit = bare !== null && bare < 1 << 18 ? KIB * KIB : KIB
  const total = sizeOf(cells.get('total'), unit)
  const available = sizeOf(cells.get('available') ?? cells.get('free'), unit)
  return total === null || available === null ? null : { kind: 'host.memory', fields: { total, available } }
}

/** Bytes of a file system, or with `-i` its inodes. */
export function volumeSample(cells: Cells): Sample | null {
  const used = numberIn(cells, 'Use%', 'Capacity', 'IUse%')
  const mount = cells.get('Mounted')
  const device = cells.get('Filesystem')
  if (used === null || mount === undefined || device === undefined) return null
  const inodes = cells.has('IUse%')
  const unit = inodes ? 1 : cells.has('1M-blocks') ? KIB * KIB : KIB
  const available = sizeOf(cells.get('Avail') ?? cells.get('Available') ?? cells.get('IFree'), unit)
  return { kind: 'host.volume', fields: { device, mount, used: share(used), available, inodes } }
}

/** Messages that wait in a queue, records that a consumer group has not read of a partition. */
export function queueSample(cells: Cells): Sample | null {
  const partition = cells.get('PARTITION')
  const waiting = numberIn(cells, 'LAG', 'messages')
  const queue = partition === undefined ? cells.get('name') : `${cells.get('TOPIC')}-${partition}`
  if (waiting === null || queue === undefined) return null
  return { kind: 'queue.depth', fields: { queue, waiting, consumers: numberIn(cells, 'consumers') } }
}
