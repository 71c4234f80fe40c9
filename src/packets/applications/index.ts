// The protocols that are understood inside conversations, in the order they are asked whether they recognise a chunk.
import type { Application, DatagramApplication } from '../application.ts'
import { dnsOverTcp, dnsOverUdp, llmnr, multicastDns, netbiosNames } from './dns/dns.ts'
import { httpOver } from './http/http.ts'
import { tls } from './tls/tls.ts'

export const APPLICATIONS: readonly Application[] = [tls, dnsOverTcp, httpOver([tls])]

export const DATAGRAM_APPLICATIONS: readonly DatagramApplication[] = [dnsOverUdp, multicastDns, llmnr, netbiosNames]
