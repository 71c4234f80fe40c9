// The tickets trade: brings a rendered report to the ticket; the only one that opens a connection, and only when asked.
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { FaultlineError } from '../model/index.ts'
import { createRehearsal } from './rehearsal.ts'
import { eml } from './systems/eml.ts'
import { github } from './systems/github.ts'
import { gitlab } from './systems/gitlab.ts'
import { jira } from './systems/jira.ts'
import { servicenow } from './systems/servicenow.ts'
import { zendesk } from './systems/zendesk.ts'
import type { Choices, Destination, Outcome, Rendition, Setting, Settings, System } from './ticket.ts'
import { type Clock, createWire } from './wire.ts'

export type { Attachment, Choices, Destination, Flavour, Outcome, Rendition, Setting, Settings } from './ticket.ts'
export type { Clock } from './wire.ts'

const SYSTEMS: readonly System[] = [jira, zendesk, github, gitlab, servicenow, eml]

/** How targets are written. */
export const TARGETS: readonly string[] = SYSTEMS.map(({ form }) => form)

/** Every setting that a system reads, in order of system. */
export const SETTINGS: readonly Setting[] = SYSTEMS.flatMap(({ settings }) => settings)

export interface TargetOptions {
  readonly settings: Settings
  readonly choices: Choices
}

/**
 * @param target `jira:KEY-1` and the like, see `TARGETS`
 * @throws FaultlineError `unknown-target`, `ticket-settings`
 */
export function readTarget(target: string, { settings, choices }: TargetOptions): Destination {
  const colon = target.indexOf(':')
  const system = SYSTEMS.find(({ scheme }) => scheme === target.slice(0, colon))
  if (system !== undefined) return system.destination(target.slice(colon + 1), settings, choices)
  const hint = `Write it as ${TARGETS.join(', ')}.`
  throw new FaultlineError('unknown-target', `“${target}” names no ticket.`, { hint })
}

export interface AttachOptions {
  /** Milliseconds that one request may take. */
  readonly timeoutMs: number
  /** Keeps a file that goes out by other hands: the whole of it or nothing. @throws FaultlineError `not-writable` */
  readonly save: (path: string, bytes: Uint8Array) => void
  /** Given: nothing is sent, every request is shown here with stars for secrets. */
  readonly rehearse?: (text: string) => void
  readonly clock?: Clock
}

/** @throws FaultlineError `ticket-…`; run again, it finds what was stored and goes on from there */
export function attach(target: Destination, rendition: Rendition, options: AttachOptions): Promise<Outcome> {
  const { timeoutMs, save, rehearse, clock = CLOCK } = options
  const { secrets } = target
  const wire =
    rehearse === undefined ? createWire({ clock, timeoutMs, secrets, save }) : createRehearsal(rehearse, secrets)
  return target.deliver(rendition, wire)
}

const CLOCK: Clock = {
  sleep: (milliseconds) => sleep(milliseconds),
  jitter: () => randomInt(1_000_000) / 1_000_000,
  now: () => Date.now(),
}
