import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harTexts, rewriteHar } from '../../../src/logs/index.ts'
import { readText } from '../reading-bench.ts'

const SECRET = 'kept-to-oneself'

/** An entry that carries the secret wherever writers of archives put what was sent and answered. */
const ENTRY = {
  _initiator: {
    type: 'script',
    stack: { callFrames: [{ url: `https://app.example/?t=${SECRET}`, functionName: SECRET }] },
  },
  _resourceType: 'fetch',
  _unheard: { of: [SECRET, 1, true, { deep: SECRET }] },
  _webSocketMessages: [{ type: 'send', time: 1, opcode: 1, data: SECRET }],
  request: {
    method: 'POST',
    url: `https://me:${SECRET}@api.example/v1/chat?token=${SECRET}#${SECRET}`,
    httpVersion: 'h2',
    headers: [
      { name: 'Cookie', value: `sid=${SECRET}` },
      { value: `Bearer ${SECRET}`, name: 'Authorization' },
      { name: 'X-Nobody-Knows', value: SECRET },
      { name: 'Referer', value: `https://app.example/a?b=${SECRET}` },
      { name: ':path', value: `/v1/chat?token=${SECRET}` },
      { name: 'traceparent', value: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
    ],
    queryString: [{ name: 'token', value: SECRET }],
    cookies: [{ name: 'sid', value: SECRET }],
    postData: { mimeType: 'text/plain', text: SECRET, params: [{ name: 'password', value: SECRET, fileName: SECRET }] },
  },
  response: {
    status: 503,
    statusText: '',
    headers: [
      { name: 'set-cookie', value: `sid=${SECRET}` },
      { name: 'x-request-id', value: '0b05b5d9-3795-446d-a5be-b2443943fed9' },
      { name: 'retry-after', value: '5' },
      { name: 'location', value: `/login?next=${SECRET}` },
      { name: 'www-authenticate', value: `Negotiate ${SECRET}` },
    ],
    cookies: [{ name: 'sid', value: SECRET }],
    content: { size: 15, mimeType: 'text/plain', text: SECRET, encoding: 'base64' },
    redirectURL: `https://app.example/cb?code=${SECRET}`,
  },
  startedDateTime: '2026-11-20T10:00:00.000Z',
  time: 1203.4,
  timings: { wait: 1200 },
}
const LOG = {
  version: '1.2',
  creator: { name: 'WebInspector', version: '537.36', comment: 'a {[,"' },
  pages: [{ id: 'page_1', startedDateTime: '2026-11-20T10:00:00.000Z', title: `https://app.example/?t=${SECRET}` }],
  entries: [ENTRY, ENTRY],
}

interface Copy {
  readonly text: string
  readonly told: readonly string[]
}

async function copy(document: string, { piece = 1 << 18, rewrite = async (text: string) => text } = {}): Promise<Copy> {
  const told: string[] = []
  const parts: Uint8Array[] = []
  for await (const part of rewriteHar(blocks(document, piece), rewrite, (detail) => told.push(detail))) parts.push(part)
  return { text: Buffer.concat(parts).toString(), told }
}

async function* blocks(document: string, piece: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(document)
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

const WRITTEN = [JSON.stringify({ log: LOG }), `\ufeff${JSON.stringify({ log: LOG }, null, 2)}\n`]

test('what requests carried is gone, how they went is left', async () => {
  for (const document of WRITTEN) {
    const { text, told } = await copy(document)
    const { log } = JSON.parse(text)
    assert.deepEqual(told, [])
    assert.equal(text.includes(SECRET), false)
    assert.equal(log.entries.length, 2)
    const [{ request, response, time, _unheard }] = log.entries
    assert.equal(request.url, 'https://api.example/v1/chat')
    assert.deepEqual(request.queryString, [{ name: 'token', value: '[removed]' }])
    assert.deepEqual(request.headers[1], { name: 'Authorization', value: '[removed]' })
    assert.equal(request.headers[5].value, '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')
    assert.deepEqual(response.content, { size: 15, mimeType: 'text/plain' })
    assert.deepEqual([response.status, time, _unheard.of], [503, 1203.4, ['[removed]', 1, true, { deep: '[removed]' }]])
    assert.deepEqual(log.creator, LOG.creator)
  }
})

test('what is left is read as it was', async () => {
  const [document = ''] = WRITTEN
  const read = async (text: string) =>
    (await readText(text)).records.map(({ body, time, requestId, severity }) => [body, time, requestId, severity])
  assert.deepEqual(await read((await copy(document)).text), await read(document))
})

test('the copy is the same however the bytes come', async () => {
  for (const document of WRITTEN) {
    const whole = await copy(document)
    for (const piece of [1, 2, 3, 7, 64, 1000]) assert.deepEqual(await copy(document, { piece }), whole)
  }
})

test('wherever a document breaks off the copy is JSON, and it is told', async () => {
  for (const document of WRITTEN) {
    const begun = document.indexOf('{', document.indexOf('"log"')) + 1
    for (let cut = begun; cut < document.trimEnd().length; cut += 3) {
      const { text, told } = await copy(document.slice(0, cut))
      assert.doesNotThrow(() => JSON.parse(text), document.slice(0, cut).slice(-40))
      assert.equal(text.includes(SECRET), false)
      assert.deepEqual(told, ['the document breaks off: it was closed where it does'])
    }
  }
})

test('an entry that is no JSON leaves an empty one', async () => {
  const { text, told } = await copy('{"log":{"version":"1.2","creator":{},"entries":[{"a":},{"time":1}]}}')
  assert.deepEqual(JSON.parse(text).log.entries, [{}, { time: 1 }])
  assert.deepEqual(told, ['1 entries were malformed or too large: they are left out'])
})

test('each text is rewritten in its place, headers behind their names', async () => {
  const seen: string[] = []
  const rewrite = async (text: string) => {
    seen.push(...text.split('\n'))
    return text.replaceAll('example', 'other')
  }
  const { text } = await copy(WRITTEN[0] ?? '', { rewrite })
  assert.equal(JSON.parse(text).log.entries[1].request.url, 'https://api.other/v1/chat')
  assert.equal(JSON.parse(text).log.entries[0].request.headers[3].value, 'https://app.other/a')
  assert.ok(seen.includes('Referer: https://app.example/a'))
})

test('lines that do not come out one by one are rewritten each by itself', async () => {
  const rewrite = async (text: string) => text.replaceAll('Inspector\n', 'Inspector').replaceAll('5', '7')
  const { text } = await copy(WRITTEN[0] ?? '', { rewrite })
  const { log } = JSON.parse(text)
  assert.deepEqual(
    [log.creator.name, log.creator.version, log.entries[0].response.headers[2].value],
    ['WebInspector', '737.36', '7'],
  )
})

test('to learn from there is all of it', async () => {
  const texts: string[] = []
  for await (const text of harTexts(blocks(WRITTEN[0] ?? '', 100))) texts.push(text)
  const lines = texts.join('\n').split('\n')
  assert.ok(lines.includes(`Authorization: Bearer ${SECRET}`))
  assert.equal(lines.filter((line) => line === `sid: ${SECRET}`).length, 4)
})
