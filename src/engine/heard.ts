// Who is heard on requests: servers before applications, since both tell of the same ones.
import type { Tally } from '../model/index.ts'

/** Applications are heard only where no access log, proxy or capture of the bundle tells of any request. */
export type Heard = 'servers' | 'applications'

export function heardIn(tallies: readonly Tally[]): Heard {
  return tallies.every(({ servers }) => servers.isEmpty) ? 'applications' : 'servers'
}

/** A tally whose requests are those of whom is heard; what clients recorded is heard beside all others. */
export function asHeard(tally: Tally, heard: Heard): Tally {
  if (!tally.clients.isEmpty) return tally.byClients()
  return heard === 'applications' ? tally.byApplications() : tally
}
