import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { html as template, textOf } from '../../src/report/html/template.ts'
import { renderer } from '../../src/report/index.ts'
import { HOSTILE, healthy, report, saying } from './sample.ts'

const options = { maxBytes: null, width: 100, color: 'never' } as const
const html = renderer('html')
const shown = html.render(report, options)

function check(fragment: string): void {
  assert.ok(shown.includes(fragment), `missing: ${fragment}`)
}

/** Names of all tags, in order. */
function tags(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)].map(([, name = '']) => name)
}

test('one h1 says the verdict', () => {
  assert.equal(shown.match(/<h1>/g)?.length, 1)
  check('<h1>Packets to 192.0.2.40:5432 are dropped')
})
test('landmarks, language and a skip link', () => {
  for (const part of ['<html lang="en">', '<header ', '<nav ', '<main id="main"', '<footer>', 'href="#main"'])
    check(part)
})
test('every link leads to an id of the page', () => {
  const ids = new Set([...shown.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  for (const [, target] of shown.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target)
  assert.equal(ids.size, [...shown.matchAll(/ id="/g)].length, 'ids are unique')
})
test('drawings have a title and a description', () => {
  assert.equal(shown.match(/role="img"/g)?.length, 3)
  for (const [, title, description] of shown.matchAll(/aria-labelledby="(\S+) (\S+)"/g)) {
    check(`<title id="${title}">`)
    check(`<desc id="${description}">`)
  }
})
test('headers have a scope', () => assert.doesNotMatch(shown, /<th(?! scope)[ >]/))
test('evidence is folded with its place', () => {
  check('<summary>What shows it <span class="count">6</span></summary>')
  check('<code>logs/register.log:1042-1048</code>')
})
test('the ladder shows what was never answered', () => check('>SYN seq 3155820011 len 0, no answer</text>'))
test('the ladder breaks where there was silence', () => check('>1 s of silence</text>'))
test('the band of the incident is drawn', () => check('<rect class="band"'))
test('what is clean, what could not be read, and SQL', () => {
  check('7 causes looked for and not found')
  check('<span class="mark warning">capture-cut</span>')
  check('SELECT count(*) FROM connections WHERE conn_state = &#39;S0&#39;')
})

test('nothing is loaded from anywhere', () => {
  assert.doesNotMatch(shown, /(?:src|srcset|action|background|poster|data)=/)
  assert.doesNotMatch(shown, /url\((?!#)|@import/)
  assert.deepEqual([...new Set([...shown.matchAll(/href="([^#][^"]*)"/g)].map(([, to]) => to))], ['data:,'])
})

test('no style attribute, no handler', () => assert.doesNotMatch(shown, /\s(?:style|on[a-z]+)="/))

test('the policy names the hashes of the one style and the one script', () => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(shown)?.[1] ?? ''
  const script = /<script>([\s\S]*?)<\/script>/.exec(shown)?.[1] ?? ''
  check(
    `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; script-src 'sha256-${hash('sha256', script, 'base64')}'`,
  )
  assert.equal(tags(shown).filter((name) => name === 'style' || name === 'script').length, 2)
})

test('no text of a bundle makes a tag, a hidden character or an attribute', () => {
  const harmless = html.render(saying('harmless'), options)
  for (const text of HOSTILE) {
    const page = html.render(saying(text), options)
    assert.deepEqual(new Set(tags(page)), new Set(tags(harmless)), text.slice(0, 40))
    assert.doesNotMatch(page, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/)
    assert.ok(Buffer.byteLength(page) < 2_000_000)
  }
})

test('a template never lets a text out of its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [, attribute, body] =
        /^<p title="([^<>"]*)">([^<>]*)<\/p>$/.exec(textOf(template`<p title="${text}">${text}</p>`)) ?? []
      assert.ok(attribute !== undefined && attribute === body)
    }),
  )
})

test('forty findings of sixty long quotations each stay below two megabytes', () => {
  const [finding] = report.analysis.conclusion.findings
  if (finding === undefined) throw new Error('the sample has findings')
  const [piece] = finding.evidence
  if (piece === undefined) throw new Error('the sample has evidence')
  const evidence = Array.from({ length: 60 }, () => ({ ...piece, excerpt: 'x'.repeat(4096) }))
  const findings = Array.from({ length: 40 }, (_, at) => ({ ...finding, id: `f-${at}`, evidence }))
  const { analysis } = report
  const large = { ...report, analysis: { ...analysis, conclusion: { ...analysis.conclusion, findings, links: [] } } }
  const page = html.render(large, options)
  assert.ok(Buffer.byteLength(page) <= 2_000_000)
  assert.match(page, /To stay within 2,000,000 bytes: .*details of \d+ findings/)
})

test('a healthy bundle has a page too', () => {
  const page = html.render(healthy, options)
  assert.ok(page.includes('<header class="masthead good">'))
  assert.ok(page.includes('All input was read.'))
})
