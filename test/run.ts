// Runs the program as a person would: the sources through Node, its streams and exit code.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

const BINARY = fileURLToPath(new URL('../src/cli/bin.ts', import.meta.url))

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: string | Uint8Array
}

export function faultline(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, ['--no-warnings', BINARY, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  })
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) =>
      done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    )
  })
}

/** A folder of the test's own that goes with it. */
export function scratch(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
