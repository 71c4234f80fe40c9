// The manual page: every verb, option and setting stands in it, and `man` reads it without a complaint.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Command } from 'commander'
import { placesOf } from '../../src/cli/completion/words.ts'
import { SETTINGS, variableOf } from '../../src/cli/settings.ts'
import { VERBS } from '../../src/cli/verbs/index.ts'
import { faultline } from '../run.ts'

const { stdout: page, code } = await faultline(['manual'])

/** As it is typed. */
const plain = page.replaceAll('\\-', '-')

test('every verb and option stands in it', () => {
  assert.equal(code, 0)
  const program = new Command('faultline')
  for (const add of VERBS) add(program)
  const ends = placesOf(program).filter(({ verbs, next }) => verbs !== '' && next.length === 0)
  const missing = ends.flatMap(({ verbs, options }) => {
    const [, text = ''] = plain.split(`.SS "${verbs}"\n`)
    const [own = ''] = text.split(/^\.S[SH] /m)
    return options.map(({ word }) => word).filter((word) => !own.includes(word))
  })
  assert.deepEqual(missing, [])
  for (const { verbs } of ends) assert.ok(page.includes(`.SS "${verbs}"`), verbs)
})

test('every setting and exit code stands in it', () => {
  for (const name of Object.keys(SETTINGS)) assert.ok(page.includes(`.B ${variableOf(name)}\n`), name)
  for (const status of [0, 1, 2, 3, 4, 130]) assert.ok(page.includes(`.TP\n.B ${status}\n`), String(status))
})

test('groff has nothing to say against it', (context) => {
  const { status, stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-rF0'], {
    input: page,
    encoding: 'utf8',
  })
  if (status === null) return context.diagnostic('groff is not there: the page is not set')
  assert.equal(stderr, '')
  assert.match(stdout, /\n {7}faultline - finds what broke first/)
})

test('the package brings the page that its build makes', () => {
  const { man, scripts, files } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  assert.equal(man, 'dist/faultline.1')
  assert.ok(files.includes('dist'))
  assert.ok(scripts.build.includes('build:manual'))
  assert.equal(scripts['build:manual'], `node dist/cli/bin.js manual -o ${man}`)
})
