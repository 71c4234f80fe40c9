// slapd's own output, as containers of OpenLDAP show it: the time in hexadecimal, perhaps its fraction and the thread, then the message.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import type { Stamp } from '../time/stamp.ts'

/** Nanoseconds in the same notation, and the thread, since 2.5. */
const HEADER =
  /^([56789][0-9a-f]{7})(?:\.([0-9a-f]{8}) 0x[0-9a-f]+ | (?=conn=\d|slapd |daemon: |@\(#\)|(?:=>|<=|>>>|<<<) |(?:mdb|bdb|hdb|ldap|slap|do|send|connection|config|syncrepl|be|str2ad|auth|TLS|tls|over)_\w+|TLS|hdb |connections? ))/

function stampOf([header, seconds = '', nanos = '0']: readonly (string | undefined)[]): Stamp {
  const micros = Math.floor(Number.parseInt(nanos, 16) / 1000)
  const at = Number.parseInt(seconds, 16) * 1_000_000 + micros
  const end = (header ?? '').length - 1
  return { at, lacks: 'nothing', zoned: true, offset: 0, uptime: false, start: 0, seconds: 0, end }
}

function read(line: string): Reading | null {
  const code = line.charCodeAt(8)
  const found = code === 32 || code === 46 ? HEADER.exec(line) : null
  if (found === null) return null
  const body = line.slice(found[0].length)
  return reading({ stamp: stampOf(found), program: 'slapd', body, fields: readPairs(body) })
}

export const openldap: LogFormat = {
  name: 'openldap',
  frame: 'line',
  begins: /[5-9]/,
  takes: [
    '6a87e1c7 conn=1000 op=0 BIND dn="" method=128',
    '6a87e1c7.1f3c5a20 0x7f12a4b3c700 conn=1000 fd=12 closed (connection lost)',
    '6a87e1c7 slapd starting',
  ],
  leaves: ['6a87e1c7 deadbeef 00000000', '6a87e1c7.1f3c5a20 conn=1000', '1a87e1c7 conn=1000 op=0'],
  open: () => read,
}
