// The packets of a connection as a ladder: two ends, time runs down, gaps break the lines.
import { type Duration, formatDuration, SECOND } from '../../model/index.ts'
import type { LadderFigure, LadderStep } from '../figure.ts'
import { formatClock } from '../wording.ts'
import { shorten } from './lettering.ts'
import { html, type Markup } from './template.ts'

const [WIDTH, CLIENT, SERVER, TOP, STEP, BREAK] = [860, 230, 700, 64, 46, 34] as const
/** A silence that is drawn as a break. */
const SILENCE: Duration = SECOND / 2

interface Rung {
  readonly step: LadderStep
  readonly y: number
  /** Time since the step before, where it is long enough to be shown. */
  readonly gap: Duration | null
}

export function drawLadder({ client, server, steps, drawnFrom }: LadderFigure, id: string, label: Markup): Markup {
  const rungs = place(steps)
  const foot = (rungs.at(-1)?.y ?? TOP) + 30
  const note =
    drawnFrom === 'history'
      ? 'in the order that the connection remembers; quoted packets have a number'
      : 'packets quoted as evidence'
  const lines = [CLIENT, SERVER].map((x) => html`<line class="life" x1="${x}" x2="${x}" y1="40" y2="${foot}"/>`)
  const parts = [
    lines,
    end(CLIENT, 'client', client),
    end(SERVER, 'server', server),
    rungs.map((rung) => draw(rung, id)),
  ]
  return html`<svg class="ladder" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${foot + 22}" width="${WIDTH}" height="${foot + 22}">${label}<defs><marker id="${id}-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="arrow" d="M0 1 9 5 0 9z"/></marker></defs>${parts}<text class="tick middle" x="${(CLIENT + SERVER) / 2}" y="${foot + 14}">${note}</text></svg>`
}

function place(steps: readonly LadderStep[]): Rung[] {
  let y: number = TOP
  return steps.map((step, at) => {
    const before = steps[at - 1]?.at ?? null
    const gap = step.at === null || before === null || step.at - before < SILENCE ? null : step.at - before
    y += at === 0 ? 16 : STEP + (gap === null ? 0 : BREAK)
    return { step, y, gap }
  })
}

function end(x: number, role: string, name: string): Markup {
  return html`<g class="end"><rect x="${x - 118}" y="4" width="236" height="40" rx="8"/><text class="role" x="${x}" y="19">${role}</text><text class="name" x="${x}" y="35">${shorten(name, 30)}</text></g>`
}

function draw({ step, y, gap }: Rung, id: string): Markup {
  const pause = gap === null ? null : breakAt(y - STEP / 2 - BREAK / 2 + 2, gap)
  const when = step.at === null ? '' : formatClock(step.at)
  const packet = step.packet === null ? '' : `packet ${step.packet}`
  const side = html`<text class="tick end" x="${CLIENT - 126}" y="${y + 4}">${when}</text><text class="tick start" x="${SERVER + 12}" y="${y + 4}">${packet}</text>`
  return html`${pause}${side}${arrow(step, y, id)}`
}

function breakAt(y: number, gap: Duration): Markup {
  const zigzag = (x: number) => html`<path class="break" d="M${x} ${y - 9}l-6 4 12 5 -12 5 6 4"/>`
  return html`<g class="pause">${zigzag(CLIENT)}${zigzag(SERVER)}<text class="tick middle" x="${(CLIENT + SERVER) / 2}" y="${y + 4}">${formatDuration(gap)} of silence</text></g>`
}

function arrow({ from, lost, repeated, label }: LadderStep, y: number, id: string): Markup {
  const [start, goal] = from === 'client' ? [CLIENT, SERVER] : [SERVER, CLIENT]
  const stop = lost ? start + (goal - start) * 0.82 : goal + (from === 'client' ? -2 : 2)
  const kind = `${lost || repeated || /^(?:\[[A-Z]*R|RST)/.test(label) ? 'packet trouble' : 'packet'}${repeated ? ' again' : ''}`
  const line = lost
    ? html`<line class="${kind}" x1="${start}" x2="${stop}" y1="${y}" y2="${y}"/><path class="cross" d="M${stop - 5} ${y - 5}l10 10m0-10l-10 10"/>`
    : html`<line class="${kind}" x1="${start}" x2="${stop}" y1="${y}" y2="${y}" marker-end="url(#${id}-tip)"/>`
  return html`${line}<text class="label" x="${(CLIENT + SERVER) / 2}" y="${y - 7}">${shorten(label, 62)}</text>`
}
