#!/usr/bin/env node
// The entry: checks that Node is new enough before anything native is loaded, then hands over to the command line.
const NEEDED = [22, 18] as const
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `faultline needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Inside the repository `npm ci` brings a fitting one: run it as `npx faultline`.\n',
  )
  process.exitCode = 2
} else {
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2))
}

// A module, so that it may wait.
export {}
