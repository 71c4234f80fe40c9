// Completion scripts and help: every verb and option is offered, by the shells themselves where they are there.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { faultline, scratch } from '../run.ts'

function has(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0
}

test('bash completes verbs, options and their values', {
  skip: !has('bash') && 'bash is not there',
}, async (context) => {
  const script = join(scratch(context), 'faultline.bash')
  writeFileSync(script, (await faultline(['completion', 'bash'])).stdout)
  execFileSync('bash', ['-n', script])
  const check = (line: string, expected: readonly string[]) => {
    const words = line.split(' ')
    const run = `source ${script}; COMP_WORDS=(${words.map((one) => `'${one}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _faultline; printf '%s\\n' "\${COMPREPLY[@]}"`
    const reply = execFileSync('bash', ['--norc', '-c', run])
      .toString()
      .split('\n')
      .filter((word) => word !== '')
    assert.deepEqual(reply, expected, line)
  }
  check('faultline re', ['report', 'redact'])
  check('faultline report --sh', ['--share'])
  check('faultline report --profile ', ['strict', 'internal', 'none'])
  check('faultline query --format c', ['csv'])
  check('faultline query --store ', [])
  check('faultline grammar ', ['check', 'list', 'test', 'explain', 'import', '--help'])
  check('faultline grammar import --fr', ['--from'])
  check('faultline analyze --no-s', ['--no-shipped'])
  check('faultline analyze ', [])
})

test('zsh and fish accept their scripts', async (context) => {
  for (const shell of ['zsh', 'fish']) {
    const { stdout, code } = await faultline(['completion', shell])
    assert.equal(code, 0)
    for (const word of ['analyze', 'redact', 'pseudonym-key', 'no-shipped', 'strict']) assert.ok(stdout.includes(word))
    const file = join(scratch(context), shell)
    writeFileSync(file, stdout)
    if (has(shell)) execFileSync(shell, ['-n', file])
    else context.diagnostic(`${shell} is not there: its script is not tried`)
  }
  assert.equal((await faultline(['completion', 'tcsh'])).code, 2)
})

test('help shows examples first', async () => {
  const verbs = [
    '',
    'analyze',
    'query',
    'report',
    'verify',
    'redact',
    'explain',
    'parse',
    'schema',
    'completion',
    'manual',
    'attach',
    'grammar',
    'grammar check',
  ]
  for (const verb of verbs) {
    const { stdout, code } = await faultline([...verb.split(' '), '--help'].filter((word) => word !== ''))
    assert.equal(code, 0)
    assert.match(stdout, /^Examples:\n {2}.*faultline [\s\S]*\nUsage: faultline /, verb)
  }
})
