// History of a shell that keeps times: bash and tcsh write them as a comment before the command, zsh before a semicolon.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const MARK = /^#\+?(1\d{9})$/
const ZSH = /^: (1\d{9}):\d+;/

function read(record: string): Reading | null {
  const code = record.charCodeAt(0)
  if (code !== 35 && code !== 58) return null
  const end = record.indexOf('\n')
  const line = end < 0 ? record : record.slice(0, end)
  const found = MARK.exec(line) ?? ZSH.exec(line)
  if (found === null) return null
  const stamp = readStamp(line, line.indexOf(found[1] ?? ''))
  const body = line.slice(found[0].length) + (end < 0 ? '' : record.slice(end))
  return reading({ stamp, body: body.trim() })
}

export const shellHistory: LogFormat = {
  name: 'shell-history',
  frame: 'header',
  rereads: true,
  begins: /[#:]/,
  takes: ['#1795214763\nsystemctl restart api', '#+1795214763\nexit', ': 1795214763:0;systemctl restart api'],
  leaves: ['# 1795214763', '#1795214763 is a time'],
  open: () => read,
}
