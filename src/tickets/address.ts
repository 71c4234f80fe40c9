// Addresses of systems: only encrypted ones, or this machine's own; and what a setting must be to be used.
import { FaultlineError } from '../model/index.ts'
import type { Settings } from './ticket.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** A base without a slash at its end. @throws FaultlineError `ticket-settings` */
export function baseOf(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null) throw wrong(`${name} is not an address: give one like https://example.com.`)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    throw wrong(`${name} must begin with https://; plain http:// is used to this machine only.`)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw wrong(`${name} holds more than an address; credentials have settings of their own.`)
  return url.origin + url.pathname.replace(/\/+$/, '')
}

/** The value of a setting that must be there. @throws FaultlineError `ticket-settings` */
export function needed(settings: Settings, name: string): string {
  const value = optional(settings, name)
  if (value !== null) return value
  throw wrong(`${name} is not set.`)
}

/** Null where it is not set. A value with control signs would forge a header. @throws FaultlineError `ticket-settings` */
export function optional(settings: Settings, name: string): string | null {
  const value = settings[name]?.trim() ?? ''
  if (/[^\x20-\x7e]/.test(value)) throw wrong(`${name} holds signs that cannot stand in a request.`)
  return value === '' ? null : value
}

function wrong(sentence: string): FaultlineError {
  return new FaultlineError('ticket-settings', sentence, {
    hint: 'Set it in the environment, or in a file that only you can read, named by --credentials.',
  })
}

/** @throws FaultlineError `unknown-target` */
export function unknownTarget(target: string, forms: readonly string[]): FaultlineError {
  const hint = `Write it as ${forms.join(', ')}.`
  return new FaultlineError('unknown-target', `“${target}” names no ticket.`, { hint })
}

export function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64')
}
