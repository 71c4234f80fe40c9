// A message with parts (RFC 5322, RFC 2045 to 2047) as text of ASCII lines, the same for the same parts.
import { hash } from 'node:crypto'
import { wrap } from './width.ts'

export interface MimePart {
  /** `text/plain`, `text/html` … always UTF-8. */
  readonly type: string
  /** Name of the file where it is an attachment. */
  readonly filename: string | null
  readonly text: string
}

export interface Message {
  readonly from: string
  readonly subject: string
  /** The same content, plainest first. */
  readonly alternatives: readonly MimePart[]
  readonly attachments: readonly MimePart[]
}

const LINE = 76

/** A draft: no date and no recipient, for whoever sends it to fill in. */
export function writeMessage({ from, subject, alternatives, attachments }: Message): string {
  const seed = hash('sha256', [...alternatives, ...attachments].map(({ text }) => text).join('\0'))
  const [outer, inner] = [`=_faultline_${seed.slice(0, 24)}`, `=_faultline_${seed.slice(24, 48)}`]
  const body = multipart('alternative', inner, alternatives.map(writePart))
  const head = [`From: ${from}`, `Subject: ${headerText(subject)}`, 'MIME-Version: 1.0', 'X-Unsent: 1']
  const whole = multipart('mixed', outer, [body, ...attachments.map(writePart)])
  return `${head.join('\r\n')}\r\n${whole}`
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const inner = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')
  return `Content-Type: multipart/${kind};\r\n boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`
}

function writePart({ type, filename, text }: MimePart): string {
  const disposition = filename === null ? '' : `Content-Disposition: attachment; filename="${filename}"\r\n`
  const head = `Content-Type: ${type}; charset=utf-8\r\n${disposition}Content-Transfer-Encoding: quoted-printable\r\n`
  return `${head}\r\n${quotedPrintable(text)}`
}

/** RFC 2045 section 6.7: every byte that is not plain ASCII as `=XX`, lines of at most 76 characters. */
export function quotedPrintable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => softBreaks(tokens(line)))
    .join('\r\n')
}

function tokens(line: string): string[] {
  const bytes = Buffer.from(line)
  return Array.from(bytes, (byte, at) => {
    const isBlank = byte === 0x20 || byte === 0x09
    const plain = (isBlank && at < bytes.length - 1) || (byte > 0x20 && byte < 0x7f && byte !== 0x3d)
    return plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
}

function softBreaks(all: readonly string[]): string {
  const lines: string[] = []
  let line = ''
  for (const token of all) {
    if (line.length + token.length > LINE - 1) {
      lines.push(`${line}=`)
      line = ''
    }
    line += token
  }
  return [...lines, line].join('\r\n')
}

/** What a quoted-printable text said: for whoever looks for words in a message. */
export function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

/** A header's text: ASCII folded at blanks (RFC 5322 section 2.2.3), else RFC 2047 encoded words of whole characters. */
function headerText(text: string): string {
  const folded = wrap(text, 66)
  if (/^[\x20-\x7e]*$/.test(text) && folded.every((line) => line.length <= 66 && line.trim() !== ''))
    return folded.join('\r\n ')
  const words: string[] = []
  let piece = ''
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 39) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...words, piece].map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}
