// The log formats faultline reads, the more particular before the more general; unknown text is `plain`.
import type { LogFormat } from './format.ts'
import { access } from './formats/access.ts'
import { apacheError } from './formats/apache-error.ts'
import { auditd } from './formats/auditd.ts'
import { cef } from './formats/cef.ts'
import { ceph } from './formats/ceph.ts'
import { chromium } from './formats/chromium.ts'
import { cisco } from './formats/cisco.ts'
import { cmtrace } from './formats/cmtrace.ts'
import { cri, docker } from './formats/container.ts'
import { coredns } from './formats/coredns.ts'
import { csvTable } from './formats/csv-table.ts'
import { db2Diag } from './formats/db2-diag.ts'
import { dotnetConsole } from './formats/dotnet-console.ts'
import { gc, threadDump } from './formats/gc.ts'
import { glog } from './formats/glog.ts'
import { haproxy } from './formats/haproxy.ts'
import { har } from './formats/har.ts'
import { heroku } from './formats/heroku.ts'
import { ibmMq } from './formats/ibm-mq.ts'
import { javaUtilLogging } from './formats/java-util-logging.ts'
import { journalctlMonotonic } from './formats/journalctl-monotonic.ts'
import { journalctlNote } from './formats/journalctl-note.ts'
import { journalctlVerbose } from './formats/journalctl-verbose.ts'
import { journaldBinary, journaldJson } from './formats/journald.ts'
import { journaldExport } from './formats/journald-export.ts'
import { json } from './formats/json.ts'
import { jsonAccess } from './formats/json-access.ts'
import { jsonPretty } from './formats/json-pretty.ts'
import { kernel } from './formats/kernel.ts'
import { kubernetesDescribe } from './formats/kubernetes-describe.ts'
import { kubernetesEvents } from './formats/kubernetes-events.ts'
import { kubernetesObject } from './formats/kubernetes-object.ts'
import { kubernetesYaml } from './formats/kubernetes-yaml.ts'
import { lambda } from './formats/lambda.ts'
import { leveled } from './formats/leveled.ts'
import { log15Console } from './formats/log15-console.ts'
import { logfmt } from './formats/logfmt.ts'
import { logrusConsole } from './formats/logrus-console.ts'
import { macosUnified } from './formats/macos-unified.ts'
import { minio } from './formats/minio.ts'
import { mysqlError, mysqlGeneral, mysqlSlow } from './formats/mysql.ts'
import { nginxError } from './formats/nginx-error.ts'
import { openldap } from './formats/openldap.ts'
import { otlp } from './formats/otlp.ts'
import { php } from './formats/php.ts'
import { plain } from './formats/plain.ts'
import { postgresql } from './formats/postgresql.ts'
import { postgresqlCsv, postgresqlJson } from './formats/postgresql-csv.ts'
import { compose, podPrefix } from './formats/prefixed.ts'
import { proxyAccess } from './formats/proxy-access.ts'
import { pythonConsole } from './formats/python-console.ts'
import { indented, quoted } from './formats/quoted.ts'
import { rabbitmq } from './formats/rabbitmq.ts'
import { rails } from './formats/rails.ts'
import { redis } from './formats/redis.ts'
import { samples } from './formats/samples.ts'
import { shellHistory } from './formats/shell-history.ts'
import { sssd } from './formats/sssd.ts'
import { stamped } from './formats/stamped.ts'
import { stampedTrace } from './formats/stamped-trace.ts'
import { supercomputer } from './formats/supercomputer.ts'
import { syslog3164 } from './formats/syslog-rfc3164.ts'
import { syslog5424 } from './formats/syslog-rfc5424.ts'
import { text } from './formats/text.ts'
import { vmware } from './formats/vmware.ts'
import { w3c } from './formats/w3c.ts'
import { weblogic } from './formats/weblogic.ts'
import { windowsEvent } from './formats/windows-event.ts'

export const FORMATS: readonly LogFormat[] = [
  indented,
  journaldExport,
  journaldJson,
  journaldBinary,
  docker,
  postgresqlJson,
  kubernetesObject,
  otlp,
  har,
  jsonAccess,
  json,
  cri,
  heroku,
  kubernetesEvents,
  kubernetesYaml,
  kubernetesDescribe,
  podPrefix,
  quoted,
  compose,
  nginxError,
  access,
  proxyAccess,
  haproxy,
  apacheError,
  journalctlMonotonic,
  journalctlVerbose,
  journalctlNote,
  kernel,
  glog,
  coredns,
  chromium,
  auditd,
  redis,
  postgresqlCsv,
  postgresql,
  mysqlError,
  mysqlSlow,
  mysqlGeneral,
  rabbitmq,
  windowsEvent,
  cef,
  cmtrace,
  dotnetConsole,
  logrusConsole,
  log15Console,
  pythonConsole,
  php,
  rails,
  weblogic,
  macosUnified,
  vmware,
  ceph,
  gc,
  threadDump,
  javaUtilLogging,
  supercomputer,
  ibmMq,
  db2Diag,
  openldap,
  minio,
  lambda,
  w3c,
  samples,
  csvTable,
  sssd,
  shellHistory,
  syslog5424,
  cisco,
  syslog3164,
  stampedTrace,
  logfmt,
  text,
  stamped,
  leveled,
  jsonPretty,
  plain,
]
