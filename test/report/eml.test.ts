import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { renderer } from '../../src/report/index.ts'
import { fromQuotedPrintable, quotedPrintable } from '../../src/report/mime.ts'
import { HOSTILE, report, saying } from './sample.ts'

const options = { maxBytes: null, width: 100, color: 'never' } as const
const mail = renderer('eml').render(report, options)

test('headers of a draft, without a date', () => {
  const [head = ''] = mail.split('\r\n\r\n')
  assert.match(
    head,
    /^From: "faultline" <noreply@faultline\.invalid>\r\nSubject: Packets to 192\.0\.2\.40:5432 are dropped/,
  )
  assert.match(
    head,
    /\r\nMIME-Version: 1\.0\r\nX-Unsent: 1\r\nContent-Type: multipart\/mixed;\r\n boundary="=_faultline_[0-9a-f]{24}"$/,
  )
  assert.doesNotMatch(head, /^Date:/m)
})

test('text, page and attachment, in this order', () => {
  const types = [...mail.matchAll(/^Content-Type: (\S+);/gm)].map(([, type]) => type)
  assert.deepEqual(types, ['multipart/mixed', 'multipart/alternative', 'text/plain', 'text/html', 'text/html'])
  assert.match(mail, /Content-Disposition: attachment; filename="faultline-report\.html"/)
})

test('every boundary is opened and closed', () => {
  for (const [, boundary = ''] of mail.matchAll(/boundary="([^"]+)"/g)) {
    assert.equal(mail.split(`\r\n--${boundary}--\r\n`).length, 2)
    assert.ok(mail.split(`\r\n--${boundary}\r\n`).length > 2)
  }
})

test('the same report is the same mail', () => assert.equal(renderer('eml').render(report, options), mail))

test('lines are ASCII, end in CR LF and are at most 76 characters long', () => {
  for (const text of ['登录失败 ✖', ...HOSTILE]) {
    const lines = renderer('eml').render(saying(text), options).split('\r\n')
    assert.ok(lines.every((line) => line.length <= 78 && /^[\t\x20-\x7e]*$/.test(line)))
  }
})

test('a header cannot be forged by a verdict', () => {
  const [head = ''] = renderer('eml').render(saying('x\r\nBcc: everyone@example.com'), options).split('\r\n\r\n')
  assert.doesNotMatch(head, /^Bcc:/m)
})

test('quoted-printable says what it was given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const normal = text.replaceAll('\r', '')
      assert.equal(fromQuotedPrintable(quotedPrintable(normal)).replaceAll('\r\n', '\n'), normal)
    }),
  )
})

test('a limit holds for the whole mail', () => {
  const small = renderer('eml').render(report, { ...options, maxBytes: 60_000 })
  assert.ok(Buffer.byteLength(small) <= 60_000)
})
