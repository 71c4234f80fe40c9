import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { renderTerminal } from '../../src/report/index.ts'
import { healthy, report } from './sample.ts'

const shown = renderTerminal(report, { width: 100, color: 'never' })

function check(fragment: string): void {
  assert.ok(shown.includes(fragment), `missing: ${fragment}\n${shown}`)
}

test('the verdict comes first', () => check('✖ Packets to 192.0.2.40:5432 are dropped without an answer since'))
test('the chain has its steps in order', () => {
  check('1. [root cause] network.filtered')
  check('2. [follows] database.unreachable')
  check('2 s later) logs/register.log:1042-1048')
  check('3. [follows] overload.server-busy')
})
test('evidence stands as file and line, or packet', () => {
  check('net/db.pcap packet 812  10:00:03.122  tcp.unanswered\n')
  check('logs/register.log:1042-1048  10:00:05.117  database_connect_failed  ×188\n')
  check('… and 211 more, in the store')
})
test('of a long line of JSON the message is shown', () => {
  const far = `{"insertId":"${'4f'.repeat(150)}","textPayload":"FATAL: the database system is shutting down"}`
  assert.deepEqual(quoted(far), ['{…"textPayload":"FATAL: the database system is shutting down"}'])
})
test('the rate before is told', () => check('Requests answered 5xx: 41 % (309 of 754, < 0.1 % before)'))
test('what is clean is told', () => check('7 causes looked for and not found: auth 2, cache 1'))
test('what is open is told', () => check('Open: network.loss: the capture net/old.pcap ends before the incident'))
test('what could not be read is told', () => check('net/old.pcap  65,488   [capture-cut]'))

/** The lines of one piece of evidence as they are shown. */
function quoted(excerpt: string): string[] {
  const [finding] = report.analysis.conclusion.findings
  assert.ok(finding?.evidence[0] !== undefined)
  const findings = [{ ...finding, evidence: [{ ...finding.evidence[0], excerpt }], evidenceOmitted: 0 }]
  const analysis = { ...report.analysis, conclusion: { ...report.analysis.conclusion, findings } }
  const lines = renderTerminal({ ...report, analysis }, { width: 2000, color: 'never' }).split('\n')
  const head = lines.findIndex((line) => line.includes('tcp.unanswered'))
  return lines.slice(head + 1, lines.indexOf('', head)).map((line) => line.trim())
}

test('without colour there is no escape sequence', () => assert.doesNotMatch(shown, /\u001b/))

test('colour changes nothing but colour', () => {
  const coloured = renderTerminal(report, { width: 100, color: 'always' })
  assert.match(coloured, /\u001b\[31m/)
  assert.equal(stripVTControlCharacters(coloured), shown)
})

test('no line is wider than the terminal but for words that are', () => {
  for (const width of [60, 80, 120]) {
    const lines = renderTerminal(report, { width, color: 'never' }).split('\n')
    const wide = lines.filter((line) => line.length > width && !/\S{50,}|│/.test(line))
    assert.deepEqual(wide, [])
  }
})

test('a healthy bundle says so, and what was looked for', () => {
  const text = renderTerminal(healthy, { width: 80, color: 'never' })
  assert.ok(text.includes('✔ No cause found'))
  assert.ok(text.includes('11 causes looked for and not found'))
  assert.ok(text.includes('All input was read.'))
})
