// What is measured with: generated logs and captures of a given size, made once and kept between runs.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TOOLS = fileURLToPath(new URL('../../../shared/tools/', import.meta.url))
const REAL_LOGS = fileURLToPath(new URL('../../../shared/corpora/logs/', import.meta.url))
const JOURNAL_REMOTE = '/usr/lib/systemd/systemd-journal-remote'

/** Where inputs and stores lie. */
export const FOLDER = process.env.FAULTLINE_BENCH_DIR ?? join(tmpdir(), 'faultline-bench')
/** Size of a log. */
export const MEGABYTES = Number(process.env.FAULTLINE_BENCH_MB ?? 500)
const PACKETS = Number(process.env.FAULTLINE_BENCH_PACKETS ?? 1_000_000)

export type LogKind = 'syslog' | 'register' | 'access' | 'json' | 'journal'

/** Makes the file unless it is there; null where its maker is missing. */
function kept(name: string, make: (path: string) => boolean): string | null {
  const path = join(FOLDER, name)
  if (existsSync(path)) return path
  mkdirSync(FOLDER, { recursive: true })
  const unfinished = `${path}.part`
  if (!make(unfinished)) return null
  renameSync(unfinished, path)
  return path
}

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

export function log(kind: LogKind, megabytes = MEGABYTES): string | null {
  return kept(`${kind}-${megabytes}.log`, (path) =>
    run(process.execPath, [`${TOOLS}make-logs.cjs`, kind, String(megabytes * 1e6), path]),
  )
}

export function capture(): string | null {
  return kept(`packets-${PACKETS}.pcap`, (path) =>
    run(process.execPath, [`${TOOLS}make-pcap.cjs`, path, String(PACKETS)]),
  )
}

/** Logs of many formats, over and over. */
export function realLogs(): string | null {
  const files = globSync(`${REAL_LOGS}*/*`).filter((path) => !path.includes('/expected/') && statSync(path).isFile())
  if (files.length === 0) return null
  return kept(`real-${MEGABYTES}.log`, (path) => {
    writeFileSync(path, '')
    const once = Buffer.concat(files.toSorted().flatMap((file) => [readFileSync(file), Buffer.from('\n')]))
    for (let size = 0; size < MEGABYTES * 1e6; size += once.length) writeFileSync(path, once, { flag: 'a' })
    return true
  })
}

/** A folder of journal files with the entries of the export; null where systemd-journal-remote is not installed. */
export function journalFiles(): string | null {
  const entries = log('journal')
  if (entries === null || !existsSync(JOURNAL_REMOTE)) return null
  return kept(`journal-${MEGABYTES}`, (path) => {
    rmSync(path, { recursive: true, force: true })
    mkdirSync(path)
    return run(JOURNAL_REMOTE, ['-o', join(path, 'bench.journal'), entries])
  })
}

export function gzipped(path: string): string | null {
  return kept(`${basename(path)}.gz`, (packed) => run('sh', ['-c', 'gzip -6 -c "$1" > "$2"', 'sh', path, packed]))
}
