// The log formats faultline reads, the more particular before the more general; unknown text is `plain`.
import type { LogFormat } from './format.ts'
import { access } from './formats/access.ts'
import { journaldJson } from './formats/journald.ts'
import { journaldExport } from './formats/journald-export.ts'
import { json } from './formats/json.ts'
import { leveled } from './formats/leveled.ts'
import { logfmt } from './formats/logfmt.ts'
import { nginxError } from './formats/nginx-error.ts'
import { plain } from './formats/plain.ts'
import { postgresql } from './formats/postgresql.ts'
import { redis } from './formats/redis.ts'
import { syslog3164 } from './formats/syslog-rfc3164.ts'
import { syslog5424 } from './formats/syslog-rfc5424.ts'
import { text } from './formats/text.ts'

export const FORMATS: readonly LogFormat[] = [
  journaldExport,
  journaldJson,
  json,
  nginxError,
  access,
  redis,
  postgresql,
  syslog5424,
  syslog3164,
  logfmt,
  text,
  leveled,
  plain,
]
