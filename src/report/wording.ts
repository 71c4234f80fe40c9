// How numbers, shares, times and places are written in every format.
import {
  type Analysis,
  type Evidence,
  type Figure,
  formatDuration,
  formatInstant,
  type Instant,
  type Place,
} from '../model/index.ts'
import { pathOf } from './summary.ts'

/** `12,345`, whatever the locale. */
export function formatCount(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** `0.2 %`, `15 %`, `< 0.1 %`; a share of 0..1. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %'
  const percent = Math.round(share * 1000) / 10
  return `${percent >= 10 ? Math.round(share * 100) : percent} %`
}

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  const unit = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** unit
  return `${unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[unit]}`
}

/** `once`, `250 times`. */
export function timesOf(count: number): string {
  return count === 1 ? 'once' : `${formatCount(count)} times`
}

/** `1 request`, `412 requests`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `2025-03-01 10:00:03.122 UTC`; a whole second has no fraction. */
export function formatTime(at: Instant | null): string {
  const text = formatInstant(at)
  if (text === null) return 'time unknown'
  return `${text.slice(0, -1).replace('T', ' ').replace(/\.0+$/, '')} UTC`
}

/** `2025-03-01 10:00:03.122 UTC`, or with ` to 10:01:07 UTC` where it ends on the same day, else with the whole end. */
export function formatSpan(from: Instant | null, to: Instant | null): string {
  const [start, end] = [formatTime(from), formatTime(to)]
  if (from === null || to === null || from === to) return start
  return start.slice(0, 10) === end.slice(0, 10) ? `${start.slice(0, -4)} to ${end.slice(11)}` : `${start} to ${end}`
}

/** `10:00:03.122`, for rows that stand under a date. */
export function formatClock(at: Instant | null): string {
  const text = formatInstant(at)
  return text === null ? 'time unknown' : text.slice(11, -1).replace(/\.0+$/, '')
}

/** `register.log:1042`, `register.log:1042-1050`, `capture.pcap packet 812`. */
export function formatPlace(analysis: Analysis, source: number, place: Place): string {
  const path = shortPath(analysis, pathOf(analysis, source))
  if (place.kind === 'packet') return `${path} packet ${place.packet}`
  return formatLines(path, place.line, place.lineEnd)
}

export function formatLines(path: string, line: number, lineEnd: number): string {
  return lineEnd > line ? `${path}:${line}-${lineEnd}` : `${path}:${line}`
}

/** The label of a source without what all of them begin with: bundle and folder are named once, at the top and the end. */
export function shortPath(analysis: Analysis, path: string): string {
  const folder = SHARED.get(analysis) ?? sharedFolder(analysis)
  SHARED.set(analysis, folder)
  const inside = withoutBundle(analysis, path)
  return inside.startsWith(folder) ? inside.slice(folder.length) : inside
}

const SHARED = new WeakMap<Analysis, string>()

/** The folder that holds all sources, with its slash; empty where there is none. */
function sharedFolder(analysis: Analysis): string {
  const folders = analysis.sources.map(({ path }) => /^.*\//.exec(withoutBundle(analysis, path))?.[0] ?? '')
  const [first = ''] = folders
  const parts = first.split('/').slice(0, -1)
  const depth = parts.findIndex((_, at) => {
    const folder = `${parts.slice(0, at + 1).join('/')}/`
    return !folders.every((one) => one.startsWith(folder))
  })
  const shared = depth < 0 ? parts : parts.slice(0, depth)
  return shared.length === 0 ? '' : `${shared.join('/')}/`
}

function withoutBundle({ bundle }: Analysis, path: string): string {
  const [only, ...others] = bundle.paths
  if (only === undefined || others.length > 0 || !path.startsWith(only)) return path
  const rest = path.slice(only.length)
  return /^[!/]./.test(rest) ? rest.slice(1) : rest.startsWith('/') || !only.endsWith('/') || rest === '' ? path : rest
}

export function placeOf(analysis: Analysis, evidence: Evidence): string {
  return formatPlace(analysis, evidence.source, evidence.place)
}

export function formatFigure(figure: Figure): string {
  switch (figure.unit) {
    case 'count':
      return formatCount(Math.round(figure.value))
    case 'share':
      return formatShare(figure.value)
    case 'duration':
      return formatDuration(figure.value)
    case 'per-second':
      return `${formatCount(Math.round(figure.value * 10) / 10)}/s`
    case 'bytes':
      return formatBytes(figure.value)
    case 'ratio':
      return formatCount(Math.round(figure.value * 100) / 100)
    default:
      return figure.unit satisfies never
  }
}
