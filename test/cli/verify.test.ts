// `faultline verify`: a store or a report against its bundle, and every single byte that was changed.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { loadReportFile } from '../../src/report/index.ts'
import { type Quotation, verify } from '../../src/verify.ts'
import { faultline, scratch } from '../run.ts'

const BUNDLE = fileURLToPath(new URL('../../fixtures/missing-name.tar.gz', import.meta.url))

/** The fixture as a plain tar, its store and its report in JSON. */
async function prepared(context: TestContext) {
  const home = scratch(context)
  const tar = gunzipSync(readFileSync(BUNDLE))
  writeFileSync(join(home, 'b.tar'), tar)
  await faultline(['b.tar', '--store', 'f.db', '-q'], { cwd: home })
  const { stdout } = await faultline(['report', '--store', 'f.db', '--format', 'json', '-o', 'r.json'], { cwd: home })
  assert.equal(stdout, '')
  return { home, tar }
}

test('a store and a report are taken where they are named first', async (context) => {
  const { home } = await prepared(context)
  const check = async (args: readonly string[], expected: RegExp, expectedCode = 0) => {
    const { code, stderr, stdout } = await faultline(['verify', ...args], { cwd: home })
    assert.match(stderr, expected, args.join(' '))
    assert.equal(code, expectedCode, stdout)
  }
  const all = /^[1-9]\d* quotations confirmed, 0 not\n$/
  await check(['f.db'], all)
  await check(['f.db', 'b.tar'], all)
  await check(['r.json', 'b.tar'], all)
  await check(['b.tar', '--store', 'f.db'], all)
  await check(['r.json', 'f.db'], /^0 quotations confirmed/, 1)
})

test('a folder is the same with and without a slash behind it, and wherever it lies', async (context) => {
  const home = scratch(context)
  mkdirSync(join(home, 'bundle'))
  cpSync(BUNDLE, join(home, 'bundle/b.tar.gz'))
  await faultline(['bundle', '--store', 'f.db', '-q'], { cwd: home })
  for (const path of ['bundle', 'bundle/', './bundle', `${home}/bundle//`]) {
    const { code, stdout } = await faultline(['verify', 'f.db', path], { cwd: home })
    assert.equal(code, 0, stdout)
  }
})

test('one flipped byte in any quoted line or packet makes it fail and is named', async (context) => {
  const { home, tar } = await prepared(context)
  const { quotations } = await loadReportFile(readFileSync(join(home, 'r.json'), 'utf8'))
  const places = new Map(quotations.map((one) => [`${one.source} ${one.offset}`, one]))
  assert.ok(places.size > 3)
  for (const { source, line, packet, offset, length } of places.values()) {
    const start = memberOffset(tar, source.slice(source.indexOf('!') + 1)) + offset
    for (const at of [start, start + (length >> 1), start + length - 1]) {
      const changed = Buffer.from(tar)
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(join(home, 'b.tar'), changed)
      const input = { quotations: quotations.map(quotation), before: ['b.tar'], paths: [join(home, 'b.tar')] }
      const { broken } = await verify(input)
      const where = line === null ? ` packet ${packet}` : `:${line}`
      assert.ok(
        broken.some((one) => one.path === source && one.where === where),
        `${source}${where}`,
      )
    }
  }
})

function quotation(one: Awaited<ReturnType<typeof loadReportFile>>['quotations'][number]): Quotation {
  const { source, line, packet, offset, length, digest, excerpt } = one
  const where = line === null ? ` packet ${packet}` : `:${line}`
  return { path: source, where, offset, length, digest: digest ?? 0, excerpt: line === null ? null : excerpt }
}

test('a report whose words were changed is not confirmed', async (context) => {
  const { home } = await prepared(context)
  const report = JSON.parse(readFileSync(join(home, 'r.json'), 'utf8'))
  const quoted = report.findings[0].evidence.find((one: { line: number | null }) => one.line !== null)
  quoted.excerpt = quoted.excerpt.replace(/[a-z]{4}/, 'lies')
  writeFileSync(join(home, 'r.json'), JSON.stringify(report, null, 2))
  const { code, stdout } = await faultline(['verify', 'r.json', 'b.tar'], { cwd: home })
  assert.match(stdout, /the words are not those that stand there/)
  assert.equal(code, 1)
})

/** Where the content of a member starts in a tar. */
function memberOffset(tar: Buffer, name: string): number {
  for (let at = 0; at + 512 <= tar.length; ) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8) || 0
    if (tar.toString('latin1', at, at + 100).replace(/\0.*$/, '') === name) return at + 512
    at += 512 + Math.ceil(size / 512) * 512
  }
  assert.fail(`there is no member ${name}`)
}

test('a file that only looks like a report is refused', async (context) => {
  const home = scratch(context)
  writeFileSync(join(home, 'r.json'), '{"format": 1, "kind": "other"}')
  const { code, stderr } = await faultline(['verify', 'r.json'], { cwd: home })
  assert.equal(code, 2)
  assert.match(stderr, /no report in JSON/)
})

test('words of an entry are looked for in all of it, however much stands before them', async (context) => {
  const home = scratch(context)
  const entry = {
    request: {
      method: 'POST',
      url: 'https://api.example/v1/files?t=kept-to-oneself',
      headers: [{ name: 'cookie', value: 'sid=kept-to-oneself' }],
      postData: { mimeType: 'text/plain', text: 'upload '.repeat(300_000) },
    },
    response: {
      status: 503,
      statusText: 'Service Unavailable',
      headers: [{ name: 'retry-after', value: '7' }],
      content: { text: '{"message":"server busy, please retry later"}' },
    },
    startedDateTime: '2026-11-20T10:00:00.000Z',
    time: 1203.4,
  }
  const log = { version: '1.2', creator: { name: 'x' }, entries: [entry] }
  writeFileSync(join(home, 'a.har'), JSON.stringify({ log }))
  const { stdout } = await faultline(['a.har', '--store', 'f.db'], { cwd: home })
  assert.match(stdout, /POST https:\/\/api\.example\/v1\/files\s+503/)
  const { code, stderr } = await faultline(['verify', 'f.db'], { cwd: home })
  assert.deepEqual([code, stderr], [0, '1 quotations confirmed, 0 not\n'])
  assert.equal(readFileSync(join(home, 'f.db')).includes('kept-to-oneself'), false)
})
