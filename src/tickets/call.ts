// Requests to one system: its base and headers, and the bodies they carry.

import { formWith } from './multipart.ts'
import type { Request } from './request.ts'
import type { Attachment } from './ticket.ts'
import type { Wire } from './wire.ts'

export interface Site {
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
}

/** What every call says beside its body. */
export type Call = Pick<Request, 'method' | 'doing' | 'rehearsed'> &
  Partial<Pick<Request, 'arrived'>> & { readonly path: string }

export interface Caller {
  ask(call: Call): Promise<unknown>
  askWith(call: Call, value: unknown): Promise<unknown>
  /** The file as the body, with its own type. */
  sendRaw(call: Call, file: Attachment): Promise<unknown>
  /** The file as the part of this name of a form. */
  sendForm(call: Call, part: string, file: Attachment): Promise<unknown>
}

export function caller({ base, headers }: Site, wire: Wire): Caller {
  const send = (call: Call, rest: Pick<Request, 'body' | 'carries'>, type: string | null) => {
    const { path, ...said } = call
    const all = type === null ? headers : { ...headers, 'content-type': type }
    return wire.send({ ...said, ...rest, url: base + path, headers: all })
  }
  return {
    ask: (call) => send(call, { body: null, carries: 'words' }, null),
    askWith: (call, value) => {
      return send(call, { body: Buffer.from(JSON.stringify(value)), carries: 'words' }, 'application/json')
    },
    sendRaw: (call, { bytes, type }) => send(call, { body: bytes, carries: 'file' }, type),
    sendForm: (call, part, file) => {
      const { body, contentType } = formWith(part, file)
      return send(call, { body, carries: 'file' }, contentType)
    },
  }
}
