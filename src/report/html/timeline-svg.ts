// The timeline as bars: all that was counted, the failed share of it, the incident as a band.
import { DAY, type Instant, MINUTE } from '../../model/index.ts'
import type { TimelineBucket, TimelineFigure } from '../figure.ts'
import { STEPS } from '../steps.ts'
import { formatClock, formatCount, formatTime } from '../wording.ts'
import { html, type Markup } from './template.ts'

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [960, 280, 56, 12, 46, 50] as const
const INNER = WIDTH - LEFT - RIGHT
const FLOOR = HEIGHT - BOTTOM
const TICKS = 8

/** From instants and counts to the drawing. */
interface Scale {
  readonly x: (at: Instant) => number
  readonly y: (value: number) => number
  readonly peak: number
  readonly bar: number
}

export function drawTimeline(figure: TimelineFigure, id: string, label: Markup): Markup {
  const scale = scaleOf(figure)
  const parts = [
    band(figure, scale),
    grid(scale),
    figure.buckets.map((bucket) => bar(bucket, scale)),
    axis(figure, scale),
    marks(figure, scale),
    legend(figure),
  ]
  return html`<svg class="timeline" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${label}${parts}</svg>`
}

function scaleOf({ buckets, width }: TimelineFigure): Scale {
  const start = buckets[0]?.at ?? 0
  const span = Math.max(1, buckets.length * width)
  const peak = roundUp(Math.max(1, ...buckets.map(({ total }) => total)))
  return {
    x: (at) => round(LEFT + Math.min(1, Math.max(0, (at - start) / span)) * INNER),
    y: (value) => round(FLOOR - (value / peak) * (FLOOR - TOP)),
    peak,
    bar: INNER / Math.max(1, buckets.length),
  }
}

/** A round number times a power of ten, whose half is round too. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10) * power
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function band({ window }: TimelineFigure, { x }: Scale): Markup | null {
  if (window === null) return null
  const [from, to] = [x(window[0]), x(window[1])]
  const width = Math.max(3, round(to - from))
  return html`<rect class="band" x="${from}" y="${TOP - 8}" width="${width}" height="${FLOOR - TOP + 8}"/>`
}

function grid({ y, peak }: Scale): Markup[] {
  return [0, peak / 2, peak].map((value) => {
    const line = html`<line class="rule" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/>`
    return html`${line}<text class="tick end" x="${LEFT - 8}" y="${y(value) + 4}">${formatCount(value)}</text>`
  })
}

/** Failed at the foot, the rest above it. */
function bar({ at, total, failed }: TimelineBucket, { x, y, bar: step }: Scale): Markup | null {
  if (total === 0) return null
  const [left, width] = [round(x(at) + step * 0.1), round(Math.max(0.8, step * 0.8))]
  const bad = Math.min(failed, total)
  const foot =
    bad === 0
      ? null
      : html`<rect class="failed" x="${left}" y="${y(bad)}" width="${width}" height="${round(FLOOR - y(bad))}"/>`
  const rest = html`<rect class="total" x="${left}" y="${y(total)}" width="${width}" height="${round(y(bad) - y(total))}"/>`
  return html`${rest}${foot}`
}

function axis({ buckets, width }: TimelineFigure, { x }: Scale): Markup[] {
  const span = buckets.length * width
  const step = STEPS.find((candidate) => candidate >= Math.max(width, span / TICKS)) ?? 30 * DAY
  return buckets
    .filter(({ at }) => at % step === 0)
    .map(({ at }) => {
      const shown = span > DAY ? formatTime(at).slice(5, 16) : formatClock(at).slice(0, step < MINUTE ? 8 : 5)
      const anchor = x(at) < LEFT + 30 ? 'start' : x(at) > WIDTH - RIGHT - 30 ? 'end' : 'middle'
      return html`<text class="tick ${anchor}" x="${x(at)}" y="${FLOOR + 18}">${shown}</text>`
    })
}

function marks({ marks: all }: TimelineFigure, { x }: Scale): Markup[] {
  return all.map(({ at, label }, index) => {
    const [left, y] = [x(at), TOP - 20 - (index % 2) * 14]
    const side = left > WIDTH * 0.7 ? 'end' : 'start'
    const line = html`<line class="moment" x1="${left}" x2="${left}" y1="${y + 2}" y2="${FLOOR}"/>`
    return html`${line}<text class="moment ${side}" x="${left + (side === 'end' ? -5 : 5)}" y="${y + 6}">${label}</text>`
  })
}

function legend({ counted, buckets }: TimelineFigure): Markup {
  const [rest, failed] = counted === 'requests' ? ['answered', 'server errors (5xx)'] : ['lines', 'errors']
  const day = formatTime(buckets[0]?.at ?? null).slice(0, 10)
  const y = HEIGHT - 4
  return html`<g class="legend"><rect class="failed" x="${LEFT}" y="${y - 9}" width="10" height="10"/><text class="tick start" x="${LEFT + 16}" y="${y}">${failed}</text><rect class="total" x="${LEFT + 150}" y="${y - 9}" width="10" height="10"/><text class="tick start" x="${LEFT + 166}" y="${y}">${rest}</text><rect class="band" x="${LEFT + 250}" y="${y - 9}" width="10" height="10"/><text class="tick start" x="${LEFT + 266}" y="${y}">incident</text><text class="tick end" x="${WIDTH - RIGHT}" y="${y}">${day}, UTC</text></g>`
}
