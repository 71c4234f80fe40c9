// The tables of records: what sources bring in while they are read.
import { CONNECTIONS } from './connections.ts'
import { DNS } from './dns.ts'
import { EVENTS } from './events.ts'
import { HTTP } from './http.ts'
import { ICMP } from './icmp.ts'
import type { RowTable } from './row-table.ts'
import { TLS } from './tls.ts'

export const RECORDS: readonly Pick<RowTable<never>, 'name' | 'columns'>[] = [CONNECTIONS, DNS, TLS, HTTP, ICMP, EVENTS]
