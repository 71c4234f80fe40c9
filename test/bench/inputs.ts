// What is measured with: generated logs and captures of a given size, made once and kept between runs.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeRequestCapture } from './request-capture.ts'

const TOOLS = fileURLToPath(new URL('../../../shared/tools/', import.meta.url))
const REAL_LOGS = fileURLToPath(new URL('../../../shared/corpora/logs/', import.meta.url))
const JOURNAL_REMOTE = '/usr/lib/systemd/systemd-journal-remote'

/** Where inputs and stores lie. */
export const FOLDER = process.env.FAULTLINE_BENCH_DIR ?? join(tmpdir(), 'faultline-bench')
/** Made anew by each run: a store that holds another bundle would be copied first. */
export const STORE = join(FOLDER, 'bench.db')
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

/** How a runtime keeps the lines of a container: CRI, docker's json-file, `kubectl logs --timestamps`. */
export type Wrapper = 'cri' | 'docker' | 'kubectl'

interface ContainerLine {
  readonly time: string
  readonly stream: string
  readonly text: string
}

const WRAPPERS: Readonly<Record<Wrapper, (line: ContainerLine) => string>> = {
  cri: ({ time, stream, text }) => `${time} ${stream} F ${text}`,
  docker: ({ time, stream, text }) => JSON.stringify({ log: `${text}\n`, stream, time }),
  kubectl: ({ time, text }) => `${time} ${text}`,
}
const INNER: readonly LogKind[] = ['register', 'json', 'access']
/** Lines of one kind in a row, so that traces stay whole. */
const BLOCK = 200

/** Text with traces, JSON and access lines as containers would write them; errors, and every tenth line, go to the other stream. */
export function containerLog(wrapper: Wrapper): string | null {
  const inner = INNER.map((kind) => log(kind, 50))
  if (inner.includes(null)) return null
  return kept(`${wrapper}-${MEGABYTES}.log`, (path) => {
    const texts = inner.map((file) =>
      readFileSync(file ?? '', 'utf8')
        .trimEnd()
        .split('\n'),
    )
    const blocks = texts.flatMap((lines) =>
      Array.from({ length: Math.floor(lines.length / BLOCK) }, (_, at) => lines.slice(at * BLOCK, (at + 1) * BLOCK)),
    )
    writeFileSync(path, '')
    const block = mixed(blocks)
    for (let size = 0, micros = START; size < MEGABYTES * 1e6; micros += BLOCK * STEP) {
      const lines = block().map((text, at) =>
        WRAPPERS[wrapper]({ time: nanos(micros + at * STEP), stream: streamOf(text, at), text }),
      )
      const bytes = Buffer.from(`${lines.join('\n')}\n`)
      writeFileSync(path, bytes, { flag: 'a' })
      size += bytes.length
    }
    return true
  })
}

/** Of the first line, and from line to line, in microseconds. */
const [START, STEP] = [Date.UTC(2026, 10, 1) * 1000, 2513]

/** As runtimes write it: zeros at the end are left out. */
function nanos(micros: number): string {
  const fraction = `${String(micros % 1e6).padStart(6, '0')}${String(micros % 997).padStart(3, '0')}`.replace(/0+$/, '')
  return `${new Date(micros / 1000).toISOString().slice(0, 19)}.${fraction}Z`
}

function streamOf(text: string, at: number): string {
  return /ERROR|"level":50|^\s/.test(text) || at % 10 === 0 ? 'stderr' : 'stdout'
}

/** All blocks in turn, in an order that mixes their kinds. */
function mixed(blocks: readonly (readonly string[])[]): () => readonly string[] {
  let at = 0
  return () => {
    at = (at + 7919) % blocks.length
    return blocks[at] ?? []
  }
}

export function capture(): string | null {
  return kept(`packets-${PACKETS}.pcap`, (path) =>
    run(process.execPath, [`${TOOLS}make-pcap.cjs`, path, String(PACKETS)]),
  )
}

/** Half as many packets, of requests. */
export function requestCapture(): string | null {
  return kept(`requests-${PACKETS / 2}.pcap`, (path) => {
    writeRequestCapture(path, PACKETS / 2)
    return true
  })
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

/** Refused connections that share nothing but their cause: each to another server, or each hours from the next. */
export type Scatter = 'servers' | 'times'

export function scattered(scatter: Scatter, lines: number): string | null {
  const step = scatter === 'servers' ? 20 : 5_000_000
  return kept(`${scatter}-${lines}.log`, (path) => {
    const texts = Array.from({ length: lines }, (_, at) => {
      const time = new Date(Date.UTC(2020, 0, 1) + at * step).toISOString()
      const server = scatter === 'servers' ? [10, at >> 16, (at >> 8) & 255, at & 255].join('.') : '192.0.2.7'
      return `${time} ERROR worker sync failed: connect ECONNREFUSED ${server}:7001\n`
    })
    writeFileSync(path, texts.join(''))
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
