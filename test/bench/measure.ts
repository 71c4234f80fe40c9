// How much a program costs: CPU seconds of itself and its children, wall seconds, peak memory, by GNU time.
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { FOLDER, STORE } from './inputs.ts'

const GNU_TIME = '/usr/bin/time'

export interface Program {
  readonly command: string
  readonly args: readonly string[]
  /** Exit codes that mean the job was done. */
  readonly fine?: readonly number[]
}

export interface Cost {
  /** User and system. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakBytes: number
}

export type Measured = { readonly cost: Cost } | { readonly failure: string }

export function isInstalled(command: string): boolean {
  if (command.includes('/')) return existsSync(command)
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)))
}

/** Whether anything can be measured here. */
export function canMeasure(): boolean {
  return existsSync(GNU_TIME)
}

/** Reads what the program will: a cold cache is paid for by whoever comes first. */
function warmUp(args: readonly string[]): void {
  const block = Buffer.allocUnsafe(1 << 20)
  for (const path of args.filter((arg) => arg.startsWith(FOLDER)).flatMap(filesAt)) {
    const file = openSync(path, 'r')
    while (readSync(file, block) > 0);
    closeSync(file)
  }
}

function filesAt(path: string): readonly string[] {
  if (!existsSync(path)) return []
  return statSync(path).isFile() ? [path] : readdirSync(path).map((name) => join(path, name))
}

/** Runs once, its input in memory and with no store there yet; what the program prints is thrown away. */
export function measure({ command, args, fine = [0] }: Program): Measured {
  warmUp(args)
  const folder = mkdtempSync(join(tmpdir(), 'faultline-time-'))
  rmSync(STORE, { force: true })
  const file = join(folder, 'cost')
  const run = spawnSync(GNU_TIME, ['-q', '-f', '%U %S %e %M', '-o', file, command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 24,
  })
  const numbers = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : []
  rmSync(folder, { recursive: true })
  if (run.status === null || !fine.includes(run.status)) return { failure: `${run.status}: ${firstLine(run.stderr)}` }
  const [user, system, wall, kibibytes] = numbers
  return { cost: { cpuSeconds: user + system, wallSeconds: wall, peakBytes: kibibytes * 1024 } }
}

function firstLine(bytes: Buffer): string {
  return bytes.toString().trim().split('\n')[0].slice(0, 120)
}

/** The middle one by CPU seconds. */
export function median(costs: readonly Cost[]): Cost {
  return costs.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds)[Math.floor(costs.length / 2)]
}
