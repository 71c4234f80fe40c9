// Protocols that are not looked into, but in which TLS may start: mail and file transfer (RFC 3207, RFC 2595, RFC 4217).
import type { Application } from '../application.ts'
import { latin1, startsWith } from './bytes.ts'
import { Dialogue } from './dialogue.ts'
import { Tunnel } from './tunnel.ts'

/** How each server greets: the first letter, and all. */
const GREETINGS: readonly (readonly [string, string, RegExp])[] = [
  ['smtp', '2', /^220[ -][^\r\n]*\b(?:E?SMTP|LMTP)\b/i],
  ['imap', '*', /^\* (?:OK|PREAUTH|BYE) /],
  ['pop3', '+', /^\+OK [^\r\n]*(?:POP|<[^>]+>|ready)/i],
  ['ftp', '2', /^220[ -][^\r\n]*\bFTP\b/i],
]

export function startTlsOver(tls: Application): readonly Application[] {
  return GREETINGS.map(([name, first, greeting]) => ({
    name,
    recognise: (chunk) =>
      chunk.from === 'server' && startsWith(chunk.data, first) && greeting.test(latin1(chunk.data, 0, 512)),
    open(conversation, output) {
      const dialogue = new Dialogue({
        client(chunk) {
          if (!tls.recognise(chunk, conversation)) return
          dialogue.giveWay(new Tunnel(conversation, output, [tls]))
          dialogue.chunk(chunk)
        },
      })
      return dialogue
    },
  }))
}
