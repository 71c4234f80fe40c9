// A form with one file (RFC 7578), the same bytes for the same file.
import { hash } from 'node:crypto'
import type { Attachment } from './ticket.ts'

export interface Form {
  readonly contentType: string
  readonly body: Uint8Array
}

export function formWith(part: string, { name, type, bytes }: Attachment): Form {
  const boundary = `faultline-${hash('sha256', bytes).slice(0, 32)}`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${part}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { contentType: `multipart/form-data; boundary=${boundary}`, body }
}
