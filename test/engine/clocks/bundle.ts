// Bundles made by hand for the tests of clocks: sources with the same requests, each told by a clock of its own.
import { Engine, type EngineConclusion, type SourceView } from '../../../src/engine/index.ts'
import { type Clock, type Event, SECOND, Tally } from '../../../src/model/index.ts'
import { fact, record, rulesOf, START } from '../events.ts'

export const EXACT: Clock = { zone: 'UTC', quality: 'exact', offset: 0 }
export const ZONELESS: Clock = { zone: null, quality: 'zone-assumed', offset: 0 }
export const YEARLESS: Clock = { zone: null, quality: 'year-inferred', offset: 0 }
export const DATELESS: Clock = { zone: null, quality: 'date-inferred', offset: 0 }

const RULES = `cause host.clock title "t" severity high key host
  strong when clock.skew where offset > 5s or offset < -5s by _ remedy now "a" next "b" lasting "c"`

export interface Told {
  readonly path: string
  readonly clock: Clock
  readonly events: readonly Event[]
  readonly reader?: string
  /** When it counts requests; seconds. */
  readonly counted?: readonly number[]
}

/** Seconds at which requests happen: no rhythm. */
export const MOMENTS = [0, 1.31, 2.05, 5.77, 7.4, 8.92, 13.3, 14.01, 20.6, 22.48, 31.2, 33.9]

/** Requests with ids in a log, by a clock that is `ahead` by so many seconds. */
export function requests(ahead: number, more: { readonly step?: number; readonly ids?: number } = {}): Event[] {
  const { step = 0.001, ids = MOMENTS.length } = more
  return MOMENTS.slice(0, ids).map((at, index) => {
    const time = Math.floor((at + 0.02) / step) * step + ahead
    return record(time, `handled request ${index}`, { requestId: `req-${index}` })
  })
}

/** The same requests on the wire. */
export function wire(ahead = 0): Event[] {
  return MOMENTS.map((at, index) =>
    fact(at + ahead, 'http.request', {
      method: 'GET',
      path: '/a',
      status: 200,
      request_id: `req-${index}`,
      duration: 20_000,
    }),
  )
}

export async function concludeTold(told: readonly Told[]): Promise<EngineConclusion> {
  const engine = new Engine(await rulesOf(RULES))
  for (const [source, { path, events }] of told.entries())
    for (const event of events) engine.take({ ...event, source }, path)
  const sources = told.map(({ path, clock, events, reader = 'text', counted = [] }): SourceView => {
    const times = events.flatMap(({ time }) => (time === null ? [] : [time]))
    const span = { first: Math.min(...times), last: Math.max(...times) }
    const isCapture = path.endsWith('.pcap')
    return {
      path,
      reader,
      bytes: 0,
      isCapture,
      records: events.length,
      ...span,
      tally: tallyOf(counted),
      shift: 0,
      clock,
    }
  })
  return engine.conclude({ sources, ranks: told.map((_, index) => index) })
}

function tallyOf(counted: readonly number[]): Tally {
  const tally = new Tally()
  for (const at of counted) tally.addRequest(START + Math.floor(at) * SECOND, 200, null)
  return tally
}

/** Clocks in short: `zone quality offset moved`, offset and the whole move in seconds. */
export async function clocksOf(told: readonly Told[]): Promise<string[]> {
  const { clocks } = await concludeTold(told)
  const rounded = (time: number) => Math.round(time / (SECOND / 10)) / 10
  return clocks.map(({ clock, shift }) => `${clock.zone} ${clock.quality} ${rounded(clock.offset)} ${rounded(shift)}`)
}

export { START }
