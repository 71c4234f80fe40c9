// The rows of the bench: which job, beside which peer, and the ratio aimed at.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  capture,
  containerLog,
  FOLDER,
  gzipped,
  journalFiles,
  type LogKind,
  log,
  MEGABYTES,
  realLogs,
  requestCapture,
  STORE,
} from './inputs.ts'
import type { Program } from './measure.ts'
import { type PackName, type RulePack, rulePacks } from './rule-packs.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))
const SCAN = fileURLToPath(new URL('./scan.ts', import.meta.url))

export interface Job {
  readonly name: string
  readonly program: Program
  /** What it works through: bytes of input. */
  readonly bytes: number
}

export interface Row {
  readonly name: string
  readonly ours: Job
  readonly peer: Job
  /** Our bytes per CPU second over the peer's. */
  readonly wanted: number
}

export type Made = Row | { readonly missing: string }

/** A row whose inputs are not made yet. */
export interface Planned {
  readonly name: string
  make(): Made | Promise<Made>
}

const sizeOf = (path: string): number => statSync(path).size

/** With one thread, as the peers have. */
function analysis(path: string, bytes = sizeOf(path), more: readonly string[] = []): Job {
  const always = ['--quiet', '--allow-partial', '--jobs', '1', '--store', STORE]
  const args = [MAIN, 'analyze', ...always, ...more, path]
  return { name: 'faultline', program: { command: process.execPath, args }, bytes }
}

function job(name: string, command: string, args: readonly string[], bytes: number): Job {
  return { name, program: { command, args, fine: [0, 1] }, bytes }
}

function ripgrep(path: string, literals: string): Job {
  return job('rg -F', 'rg', ['-j1', '-c', '-a', '-F', '-f', literals, path], sizeOf(path))
}

interface Pair {
  readonly ours: Job
  readonly peer: Job
}

interface Plan {
  readonly wanted: number
  /** Null where an input could not be made. */
  pair(): Pair | null
}

function planned(name: string, { wanted, pair }: Plan): Planned {
  const make = (): Made => {
    const made = pair()
    if (made === null) return { missing: 'an input could not be made here' }
    if (made.ours.program.args[0] === MAIN && !existsSync(MAIN)) return { missing: 'not built: npm run build' }
    return { name, wanted, ...made }
  }
  return { name, make }
}

function againstRipgrep(
  name: string,
  path: () => string | null,
  { literals, wanted }: { literals: string; wanted: number },
): Planned {
  const pair = (): Pair | null => {
    const file = path()
    return file === null ? null : { ours: analysis(file), peer: ripgrep(file, literals) }
  }
  return planned(`${name} / rg`, { wanted, pair })
}

/** Peers that need minutes get less; rates are per byte. */
const SMALL = 50

interface Peer {
  readonly kind: LogKind
  readonly megabytes: number
  readonly wanted: number
  readonly command: string
  args(path: string): readonly string[]
}

function againstPeer({ kind, megabytes, wanted, command, args }: Peer): Planned {
  const pair = (): Pair | null => {
    const [path, theirs] = [log(kind), log(kind, megabytes)]
    if (path === null || theirs === null) return null
    return { ours: analysis(path), peer: job(command, command, args(theirs), sizeOf(theirs)) }
  }
  return planned(`${kind} / ${command}`, { wanted, pair })
}

const PEERS: readonly Peer[] = [
  {
    kind: 'syslog',
    megabytes: MEGABYTES,
    wanted: 8,
    command: 'lnav',
    args: (path) => ['-n', '-c', ':filter-in Killed process', path],
  },
  {
    kind: 'access',
    megabytes: SMALL,
    wanted: 60,
    command: 'goaccess',
    args: (path) => ['--log-format=COMBINED', '--no-progress', '-o', join(FOLDER, 'goaccess.html'), path],
  },
  { kind: 'json', megabytes: SMALL, wanted: 50, command: 'jq', args: (path) => ['-c', 'select(.level>=50)', path] },
]

const FIELDS = ['tcp.analysis.flags', 'tcp.stream']

function journalPair(): Pair | null {
  const [path, folder] = [log('journal'), journalFiles()]
  if (path === null || folder === null) return null
  return {
    ours: analysis(path),
    peer: job('journalctl', 'journalctl', ['-o', 'export', '--directory', folder], sizeOf(path)),
  }
}

/** The files as journald writes them, of which both read all entries. */
function journalFilePair(): Pair | null {
  const [path, folder] = [log('journal'), journalFiles()]
  if (path === null || folder === null) return null
  const args = ['-o', 'export', '--directory', folder]
  return { ours: analysis(folder, sizeOf(path)), peer: job('journalctl', 'journalctl', args, sizeOf(path)) }
}

function packetPair(path: string | null): Pair | null {
  if (path === null) return null
  const args = ['-n', '-r', path, '-T', 'fields', ...FIELDS.flatMap((field) => ['-e', field])]
  return { ours: analysis(path), peer: job('tshark', 'tshark', args, sizeOf(path)) }
}

function gzipPair(): Pair | null {
  const path = log('syslog')
  const packed = path === null ? null : gzipped(path)
  if (path === null || packed === null) return null
  return { ours: analysis(packed, sizeOf(path)), peer: job('gzip', 'gzip', ['-dc', packed], sizeOf(path)) }
}

/** All rules beside some of them: the ratio is the inverse of what the others cost. */
function rulesPair(some: PackName): Pair | null {
  const path = log('syslog')
  if (path === null) return null
  const packs = rulePacks()
  const jobOf = ({ path: pack, rules }: RulePack): Job => ({
    ...analysis(path, sizeOf(path), ['--no-shipped', '--grammar', pack]),
    name: `${rules} rules`,
  })
  return { ours: jobOf(packs.all), peer: jobOf(packs[some]) }
}

function scannerPair(literals: string, kind: 'fast' | 'plain'): Pair | null {
  const path = log('syslog')
  if (path === null) return null
  const program = { command: process.execPath, args: [SCAN, path, literals, kind] }
  return { ours: { name: `scanner (${kind})`, program, bytes: sizeOf(path) }, peer: ripgrep(path, literals) }
}

/** @param literals file with the literals of the shipped rules */
export function planRows(literals: string): readonly Planned[] {
  return [
    planned('scanner alone / rg', { wanted: 1, pair: () => scannerPair(literals, 'fast') }),
    planned('plain scanner alone / rg', { wanted: 0.3, pair: () => scannerPair(literals, 'plain') }),
    againstRipgrep('syslog', () => log('syslog'), { literals, wanted: 0.9 }),
    againstRipgrep('register', () => log('register'), { literals, wanted: 0.6 }),
    againstRipgrep('containers, CRI', () => containerLog('cri'), { literals, wanted: 0.6 }),
    againstRipgrep('containers, docker', () => containerLog('docker'), { literals, wanted: 0.6 }),
    againstRipgrep('containers, kubectl', () => containerLog('kubectl'), { literals, wanted: 0.6 }),
    againstRipgrep('real logs', realLogs, { literals, wanted: 0.6 }),
    ...PEERS.map(againstPeer),
    planned('journal / journalctl', { wanted: 5, pair: journalPair }),
    planned('journal files / journalctl', { wanted: 1, pair: journalFilePair }),
    planned('packets / tshark', { wanted: 25, pair: () => packetPair(capture()) }),
    planned('requests in packets / tshark', { wanted: 25, pair: () => packetPair(requestCapture()) }),
    planned('all rules / sixty of all families', { wanted: 0.8, pair: () => rulesPair('even') }),
    planned('all rules / sixty of four families', { wanted: 0.8, pair: () => rulesPair('families') }),
    planned('gzip / gzip -dc', { wanted: 0.6, pair: gzipPair }),
  ]
}
