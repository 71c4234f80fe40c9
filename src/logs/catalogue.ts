// The log formats faultline reads, the more particular before the more general; unknown text is `plain`.
import type { LogFormat } from './format.ts'
import { access } from './formats/access.ts'
import { apacheError } from './formats/apache-error.ts'
import { auditd } from './formats/auditd.ts'
import { compose, cri, docker } from './formats/container.ts'
import { gc, threadDump } from './formats/gc.ts'
import { glog } from './formats/glog.ts'
import { javaUtilLogging } from './formats/java-util-logging.ts'
import { journalctlMonotonic } from './formats/journalctl-monotonic.ts'
import { journaldBinary, journaldJson } from './formats/journald.ts'
import { journaldExport } from './formats/journald-export.ts'
import { json } from './formats/json.ts'
import { jsonAccess } from './formats/json-access.ts'
import { jsonPretty } from './formats/json-pretty.ts'
import { kernel } from './formats/kernel.ts'
import { kubernetesEvents } from './formats/kubernetes-events.ts'
import { kubernetesObject } from './formats/kubernetes-object.ts'
import { leveled } from './formats/leveled.ts'
import { logfmt } from './formats/logfmt.ts'
import { mysqlError, mysqlSlow } from './formats/mysql.ts'
import { nginxError } from './formats/nginx-error.ts'
import { plain } from './formats/plain.ts'
import { postgresql } from './formats/postgresql.ts'
import { postgresqlCsv, postgresqlJson } from './formats/postgresql-csv.ts'
import { proxyAccess } from './formats/proxy-access.ts'
import { rabbitmq } from './formats/rabbitmq.ts'
import { redis } from './formats/redis.ts'
import { stamped } from './formats/stamped.ts'
import { supercomputer } from './formats/supercomputer.ts'
import { syslog3164 } from './formats/syslog-rfc3164.ts'
import { syslog5424 } from './formats/syslog-rfc5424.ts'
import { text } from './formats/text.ts'
import { w3c } from './formats/w3c.ts'

export const FORMATS: readonly LogFormat[] = [
  journaldExport,
  journaldJson,
  journaldBinary,
  docker,
  postgresqlJson,
  kubernetesObject,
  jsonAccess,
  json,
  cri,
  kubernetesEvents,
  compose,
  nginxError,
  access,
  proxyAccess,
  apacheError,
  journalctlMonotonic,
  kernel,
  glog,
  auditd,
  redis,
  postgresqlCsv,
  postgresql,
  mysqlError,
  mysqlSlow,
  rabbitmq,
  gc,
  threadDump,
  javaUtilLogging,
  supercomputer,
  w3c,
  syslog5424,
  syslog3164,
  logfmt,
  text,
  stamped,
  leveled,
  jsonPretty,
  plain,
]
