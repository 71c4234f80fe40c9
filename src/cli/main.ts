// What every run does around its words: streams that may break, the version at once, errors as exit codes.
import { notWritable } from '../model/index.ts'
import { EXIT, tell } from './exit.ts'
import { asksVersion } from './version.ts'

/** Runs one command line and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', leave)
  try {
    // The version waits for nothing that a command line needs.
    if (asksVersion(argv)) await (await import('./actions/about.ts')).run()
    else await (await import('./command-line.ts')).runWords(argv)
  } catch (error) {
    process.exitCode = tell(error)
  }
  for (const stream of [process.stdout, process.stderr]) await written(stream)
  // Nothing is left to do: what V8 still compiles, and could give back, is not waited for.
  process.exit()
}

/** Comes when all that was said has been taken. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength > 0) await new Promise((resolve) => stream.write('', resolve))
}

/** Whoever reads may leave early; a full disk is told. */
function leave(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.fine)
  process.exit(tell(notWritable('the output', error)))
}
