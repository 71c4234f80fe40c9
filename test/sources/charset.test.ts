import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { charsetOf } from '../../src/sources/charset.ts'
import { transcoded } from '../../src/sources/transcode.ts'
import { folderOf, LINE, read } from './made.ts'

const ASCII = LINE.repeat(20)

/** Bytes of text in a set that Node can only decode, as hex. */
const SAMPLES: readonly (readonly [charset: string, hex: string, text: string])[] = [
  ['gb18030', 'd3c3bba7b5c7c2bccaa7b0dca3bad1e9d6a4c2ebb4edcef3', '用户登录失败：验证码错误'],
  ['gb18030', 'b3accab1', '超时'],
  ['gb18030', 'b4c5c5ccbfd5bce4b2bbd7e39534b235', '磁盘空间不足𠮷'],
  ['big5', 'b8eaaec6ae77b373bd75b94faec9a141bdd0b579abe1a641b8d5', '資料庫連線逾時，請稍後再試'],
  ['shift_jis', '82b182f182c982bf82cd836583588367', 'こんにちはテスト'],
  ['euc-jp', 'a4b3a4f3a4cba4c1a4cfa5c6a5b9a5c8', 'こんにちはテスト'],
  ['euc-kr', 'bec8b3e7c7cfbcbcbfe4b0a8bbe7c7d5b4cfb4d9', '안녕하세요감사합니다'],
  ['windows-1252', '6765f666666e65742c205a656974fc62657273636872656974756e67', 'geöffnet, Zeitüberschreitung'],
  ['windows-1251', 'cde520f3e4e0ebeef1fc20efeee4eaebfef7e8f2fcf1ff', 'Не удалось подключиться'],
  ['koi8-r', 'eec520d5c4c1cccfd3d820d0cfc4cbccc0dec9d4d8d3d1', 'Не удалось подключиться'],
]

for (const [charset, hex, text] of SAMPLES) {
  test(`${charset} is told from the others: ${text}`, () => {
    const bytes = Buffer.concat([Buffer.from(ASCII), Buffer.from(hex, 'hex'), Buffer.from('\n')])
    assert.equal(charsetOf(bytes), charset)
    assert.equal(Buffer.from(transcoded(bytes, charset)).toString(), `${ASCII}${text}\n`)
  })
}

function stays(name: string, bytes: Uint8Array): void {
  test(`${name} stays as it is`, () => assert.equal(charsetOf(bytes), null))
}

stays('ASCII', Buffer.from(ASCII))
stays('UTF-8', Buffer.from('用户登录失败\n'))
stays('UTF-8 with its mark', Buffer.from('\ufeff2025-09-26 用户登录失败\n'))
stays('UTF-8 cut within a character', Buffer.from('用户登录失败').subarray(0, -1))
stays('UTF-8 with stray bytes', Buffer.concat([Buffer.from('用户登录失败'.repeat(9)), Buffer.from([0xff, 0xb0])]))
stays(
  'bytes of a binary field, whose length counts them',
  Buffer.from('MESSAGE\n\x03\0\0\0\0\0\0\0\xe9\xe8\xe4\n', 'latin1'),
)

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

test('UTF-16 is known by its mark', () => {
  assert.equal(charsetOf(Buffer.from('\ufeff日志', 'utf16le')), 'utf-16le')
  assert.equal(charsetOf(utf16be('\ufeff日志')), 'utf-16be')
})

test('UTF-16 without a mark is known by its NULs', () => {
  const text = '2025-09-26 14:02:03 ERROR 数据库连接池已耗尽\r\n'
  assert.equal(charsetOf(Buffer.from(text, 'utf16le')), 'utf-16le')
  assert.equal(charsetOf(utf16be(text)), 'utf-16be')
})

test('any text in UTF-16 is given as UTF-8, whatever the size of the reads', async (t) => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀', '\n'), minLength: 1, maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 50 }), async (content, size) => {
      const folder = folderOf(t, { 'x.log': Buffer.from(`\ufeff${content}`, 'utf16le') })
      const { members, sources } = await read(folder, [''], { size })
      assert.equal(members[0]?.charset, 'utf-16le')
      assert.equal(Buffer.from(members[0]?.head ?? []).toString(), content)
      assert.equal(sources['x.log'], content)
    }),
    { numRuns: 20 },
  )
})

test('a long text keeps its characters where pieces meet, and the head is its beginning', async (t) => {
  const line = '2025-09-26 14:02:03 错误 超时\n'
  const { members, sources } = await read(folderOf(t, { 'x.log': Buffer.from(line.repeat(9000), 'utf16le') }))
  assert.equal(sources['x.log'], line.repeat(9000))
  assert.ok(
    line.repeat(9000).startsWith(
      Buffer.from(members[0]?.head ?? [])
        .toString()
        .replace(/\ufffd+$/, ''),
    ),
  )
  assert.ok((members[0]?.head.length ?? 0) <= 65536)
})

test('a set that shows only behind the head does not count', async (t) => {
  const bytes = Buffer.concat([Buffer.alloc(70_000, 'x'), Buffer.from('d3c3bba7b5c7c2bc', 'hex')])
  const { members } = await read(folderOf(t, { 'x.log': bytes }), [''], { wants: () => false })
  assert.equal(members[0]?.charset, null)
})

/** Text in UTF-32, with a mark or without. */
function utf32(text: string, write: (bytes: DataView, at: number, code: number) => void): Buffer {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0)
  const bytes = Buffer.alloc(codes.length * 4)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  codes.forEach((code, index) => {
    write(view, index * 4, code)
  })
  return bytes
}
const little = (view: DataView, at: number, code: number): void => view.setUint32(at, code, true)
const big = (view: DataView, at: number, code: number): void => view.setUint32(at, code, false)

for (const [charset, write] of [
  ['utf-32le', little],
  ['utf-32be', big],
] as const) {
  for (const mark of ['', '\ufeff']) {
    test(`${charset} is told ${mark === '' ? 'without' : 'with'} a mark, and read in pieces`, () => {
      const bytes = utf32(`${mark}${ASCII}𠮷 ünï\n`, write)
      assert.equal(charsetOf(bytes.subarray(0, 4096)), charset)
      assert.equal(Buffer.from(transcoded(bytes, charset)).toString(), `${ASCII}𠮷 ünï\n`)
    })
  }
}

test('UTF-32 that is cut within a character ends with a replacement', async (t) => {
  const content = Buffer.concat([utf32('\ufeffabcdef', little), Buffer.from([65])])
  assert.deepEqual((await read(folderOf(t, { a: content }))).sources, { a: 'abcdef\ufffd' })
})

stays('numbers of four bytes', utf32('\u0001\u0002\u0100\u0003'.repeat(8), little))
