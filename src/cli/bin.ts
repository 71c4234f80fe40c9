#!/usr/bin/env node
// The entry: checks that Node is new enough before anything native is loaded, then hands over to the command line.
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'

const NEEDED = [22, 18] as const
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `faultline needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Inside the repository `npm ci` brings a fitting one: run it as `npx faultline`.\n',
  )
  process.exitCode = 2
} else {
  // Few objects live long: threads that help to collect them cost more than they save.
  v8.setFlagsFromString('--no-parallel-scavenge')
  // Garbage is collected when old objects grew by so much, not fourfold: memory follows what is held.
  v8.setFlagsFromString('--heap-growing-percent=45')
  // What the build's run compiled is read; where it does not fit this Node, and its folder cannot be written, all is compiled as ever.
  module.enableCompileCache(fileURLToPath(new URL('../../dist/cache/', import.meta.url)))
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2))
}
