// The protocols that are understood inside conversations, in the order they are asked whether they recognise a chunk.
import type { Application, DatagramApplication } from '../application.ts'
import { amqp } from './databases/amqp.ts'
import { memcached } from './databases/memcached.ts'
import { mqtt } from './databases/mqtt.ts'
import { mysqlOver } from './databases/mysql.ts'
import { postgresqlOver } from './databases/postgresql.ts'
import { redis } from './databases/redis.ts'
import { dnsOverTcp, dnsOverUdp, llmnr, multicastDns, netbiosNames } from './dns/dns.ts'
import { httpOver } from './http/http.ts'
import { http2 } from './http2/http2.ts'
import { quic } from './quic/quic.ts'
import { startTlsOver } from './starttls.ts'
import { tls } from './tls/tls.ts'

export const APPLICATIONS: readonly Application[] = [
  httpOver([tls, http2]),
  tls,
  http2,
  dnsOverTcp,
  postgresqlOver(tls),
  mysqlOver(tls),
  redis,
  memcached,
  amqp,
  mqtt,
  ...startTlsOver(tls),
]

export const DATAGRAM_APPLICATIONS: readonly DatagramApplication[] = [
  dnsOverUdp,
  multicastDns,
  llmnr,
  netbiosNames,
  quic,
]
