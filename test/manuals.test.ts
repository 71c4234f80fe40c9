// Whatever a person can type or ask for stands in a manual: verbs, options, settings, tables, columns, saved queries.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { Command } from 'commander'
import { type Place, placesOf } from '../src/cli/completion/words.ts'
import { SETTINGS, variableOf } from '../src/cli/settings.ts'
import { VERBS } from '../src/cli/verbs/index.ts'
import { SAVED_QUERIES } from '../src/store/index.ts'
import { faultline, scratch } from './run.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const README = read('README.md')
const COMMANDS = read('src/cli/README.md')
const STORE = read('src/store/README.md')

function places(): Place[] {
  const program = new Command('faultline')
  for (const add of VERBS) add(program)
  return placesOf(program).filter(({ verbs }) => verbs !== '')
}

/** The text under a heading, up to the next of any level; empty where there is no such heading. */
function section(manual: string, name: string): string {
  const parts = manual.split(/^#+ /m)
  return parts.find((part) => part.startsWith(`${name}\n`)) ?? ''
}

test('every verb and option stands in the manual of the command line', () => {
  const missing = places().flatMap(({ verbs, options }) => {
    const text = section(COMMANDS, verbs)
    const words = options.map(({ word }) => word).filter((word) => word !== '--help')
    return text === '' ? [verbs] : words.filter((word) => !text.includes(word)).map((word) => `${verbs} ${word}`)
  })
  assert.deepEqual(missing, [])
})

test('every option of the manual is one', () => {
  const gone = places().flatMap(({ verbs, options }) =>
    [...section(COMMANDS, verbs).matchAll(/^\| `(?:-\w, )?(--[\w-]+)/gm)]
      .map(([, word = '']) => word)
      .filter((word) => !options.some((option) => option.word === word))
      .map((word) => `${verbs} ${word}`),
  )
  assert.deepEqual(gone, [])
})

test('every verb stands in the README', () => {
  const verbs = places().filter((place) => !place.verbs.includes(' ') && place.verbs !== 'analyze')
  const missing = verbs.filter(({ verbs: verb }) => !README.includes(`faultline ${verb}`))
  assert.deepEqual(
    missing.map((place) => place.verbs),
    [],
  )
})

test('every setting stands in the manual, with its variable', () => {
  const text = section(COMMANDS, 'Settings')
  const missing = Object.keys(SETTINGS).filter((name) => !text.includes(`\`${name}\` | \`${variableOf(name)}\``))
  assert.deepEqual(missing, [])
})

test('every table, view and column stands in the manual of the store', async (context) => {
  const home = scratch(context)
  writeFileSync(join(home, 'a.log'), 'started\n')
  await faultline(['a.log', '--store', 'f.db', '-q'], { cwd: home })
  const db = new Database(join(home, 'f.db'), { readonly: true })
  context.after(() => db.close())
  const columns = db
    .prepare(
      `SELECT entry.name || '.' || info.name FROM sqlite_schema AS entry, pragma_table_info(entry.name) AS info
      WHERE entry.type IN ('table', 'view') AND entry.name NOT LIKE 'evidence_fts_%' AND entry.name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all()
    .map(String)
  assert.ok(columns.length > 200)
  const missing = columns.filter((name) => {
    const [table = '', column = ''] = name.split('.')
    return !section(STORE, table).includes(`\`${column}\``)
  })
  assert.deepEqual(missing, [])
})

test('every saved query stands in the manual of the store', () => {
  const text = section(STORE, 'Saved queries')
  assert.deepEqual(
    SAVED_QUERIES.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``)),
    [],
  )
})
