import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding, Report } from '../../src/model/index.ts'
import { renderComment, renderer, renderTerminal } from '../../src/report/index.ts'
import { report } from './sample.ts'

const SERVERS = 40

/** The sample in which as many servers more are cut off, each with a consequence of its own. */
function withServers(more: number): Report {
  const { findings, links } = report.analysis.conclusion
  const [root, effect] = findings as [Finding, Finding]
  const places = Array.from({ length: more }, (_, at) => `192.0.2.${100 + at}`)
  const roots = places.map((server, at): Finding => {
    const title = root.title.replace('192.0.2.40', server)
    const remedy = { ...root.remedy, now: root.remedy.now.replaceAll('192.0.2.40', server) }
    return {
      ...root,
      id: `nf-${100 + at}`,
      key: { ...root.key, server },
      title,
      remedy,
      first: (root.first ?? 0) + at + 1,
    }
  })
  const effects = places.map(
    (_, at): Finding => ({ ...effect, id: `du-${100 + at}`, first: (effect.first ?? 0) + at + 1 }),
  )
  const reasons = places.map((_, at) => {
    return { causeFinding: `nf-${100 + at}`, effectFinding: `du-${100 + at}`, basis: 'same server', lag: 1_000_000 }
  })
  const conclusion = {
    ...report.analysis.conclusion,
    findings: [...findings, ...roots, ...effects],
    links: [...links, ...reasons],
  }
  return { ...report, analysis: { ...report.analysis, conclusion } }
}

const many = renderTerminal(withServers(SERVERS), { width: 400, color: 'never' })

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length
}

test('of many that differ in their place the first stands for all in the chain', () => {
  assert.equal(count(many, /\[root cause\] network\.filtered/g), 1)
  assert.match(many, /1\. \[root cause\] network\.filtered: .*192\.0\.2\.40:5432.*, and 40 more like it/)
  assert.match(many, /2\. \[follows\] database\.unreachable: .*, and 40 more like it .* 2 s later\)/)
  assert.match(many, /3\. \[follows\] overload\.server-busy/)
})

test('its evidence leaves room for that of other causes', () => {
  assert.match(many, /network\.filtered \(root cause, 97 %\), and 40 more like it/)
  assert.match(many, /overload\.server-busy \(symptom/)
})

test('what to do is told once', () => {
  assert.equal(count(many, /☐ .*nc -vz/g), 1)
  assert.match(many, /The same for 40 more like it\./)
})

test('the comment names one place for all', () => {
  const comment = renderComment(withServers(SERVERS), { flavour: 'markdown', maxBytes: 30_000, files: [] })
  assert.match(comment, /- `network\.filtered`, server `192\.0\.2\.40`, port `5432`, and 40 more like it/)
  assert.equal(count(comment, /- `network\.filtered`, server/g), 1)
})

test('a few are told one by one', () => {
  const few = renderTerminal(withServers(2), { width: 400, color: 'never' })
  assert.equal(count(few, /\[root cause\] network\.filtered/g), 3)
  assert.doesNotMatch(few, /more like it/)
})

const full = renderer('html').render(withServers(1_000), { maxBytes: null, width: 100, color: 'never' })

test('a report tells of a cause with many places in full as often as is read, and lists others', () => {
  assert.equal(count(full, / id="finding-nf-/g), 20)
  assert.match(full, /981 more findings of this cause/)
  assert.match(full, /… and 781 more, in the store\./)
})

test('every jump of it arrives', () => {
  const jumps = [...full.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id)
  const places = new Set([...full.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  assert.deepEqual(
    jumps.filter((id) => !places.has(id)),
    [],
  )
  assert.ok(jumps.includes('more-root-network-filtered'))
})
