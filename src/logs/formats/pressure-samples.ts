// How the kernel tells that work waits: pressure (PSI) of processors, memory and devices, and throttled periods of control groups.
import type { LineReader } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import type { Sample } from './sample-rows.ts'

interface State {
  /** Of which resource a line said that the pressures behind it are. */
  resource: string | null
  periods: number | null
  /** Periods of containers by their labels, as Prometheus writes them. */
  readonly byLabels: Map<string, number>
}

const BEGINS =
  /^(?:(?:[\w./-]{0,80}pressure[\w./-]{0,10}:)?(?:some|full) avg10=|.{0,60}\/proc\/pressure\/|(?:usage_usec|nr_periods) \d+$|container_cpu_cfs_)/

const PRESSURE =
  /^(?:([\w./-]{0,80}pressure[\w./-]{0,10}):)?(some|full) avg10=(\d+\.\d+) avg60=(\d+\.\d+) avg300=(\d+\.\d+) total=\d+\s*$/
const RESOURCE = /(?:pressure\/(cpu|memory|io)\b|\b(cpu|memory|io)\.pressure)/
const COUNT = /^(nr_periods|nr_throttled) (\d+)\s*$/
const CONTAINER = /^container_cpu_cfs_(periods|throttled_periods)_total(\{[^}]*\}) (\d+(?:\.\d+)?(?:e\+?\d+)?)\b/
const CONTAINERS = 4096

const LONGEST = 400

/** Cheaper than the pattern: hardly any line has one of these. */
function mayBegin(line: string): boolean {
  const first = line.charAt(0)
  return first === 'u' || first === 'n' || first === 'c' || line.includes('avg10=') || line.includes('pressure')
}

export function pressureReader(): LineReader {
  const state: State = { resource: null, periods: null, byLabels: new Map() }
  let isOpen = false
  return (line) => {
    if (line.length > LONGEST) return null
    isOpen ||= mayBegin(line) && BEGINS.test(line)
    return isOpen ? (pressure(line, state) ?? throttled(line, state) ?? container(line, state)) : null
  }
}

function said(line: string, sample: Sample | null = null): Reading {
  return sample === null ? reading({ body: line }) : reading({ body: line, fields: sample.fields, fact: sample })
}

function pressure(line: string, state: State): Reading | null {
  const found = PRESSURE.exec(line)
  if (found === null) {
    const [, files, group] = line.length < 200 ? (RESOURCE.exec(line) ?? []) : []
    if (files === undefined && group === undefined) return null
    state.resource = files ?? group ?? null
    return said(line)
  }
  const [, path = '', kind = '', ...averages] = found
  const [, files, group] = RESOURCE.exec(path) ?? []
  const resource = files ?? group ?? state.resource
  const [avg10, avg60, avg300] = averages.map((percent) => Math.round(Number(percent) * 100) / 10_000)
  const fields = { resource, kind, avg10: avg10 ?? null, avg60: avg60 ?? null, avg300: avg300 ?? null }
  return said(line, { kind: 'host.pressure', fields })
}

function throttled(line: string, state: State): Reading | null {
  const [, name, count] = COUNT.exec(line) ?? []
  if (name === undefined) return null
  if (name === 'nr_periods') state.periods = Number(count)
  if (name === 'nr_periods' || state.periods === null) return said(line)
  return said(line, sampleOf(state.periods, Number(count), null))
}

function container(line: string, { byLabels }: State): Reading | null {
  const [, name, labels = '', count] = CONTAINER.exec(line) ?? []
  if (name === undefined) return null
  const pod = /\bpod="([^"]+)"/.exec(labels)?.[1] ?? /\bcontainer="([^"]+)"/.exec(labels)?.[1] ?? null
  if (name === 'periods' && byLabels.size < CONTAINERS) byLabels.set(labels, Number(count))
  const periods = byLabels.get(labels)
  return name === 'periods' || periods === undefined ? said(line) : said(line, sampleOf(periods, Number(count), pod))
}

function sampleOf(periods: number, count: number, pod: string | null): Sample | null {
  if (periods === 0) return null
  const share = Math.round((count / periods) * 10_000) / 10_000
  return { kind: 'host.throttled', fields: { pod, periods, throttled: count, share } }
}
