import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source } from '../../src/model/index.ts'
import { contentOf } from '../../src/sources/content.ts'
import { folderOf, LINE, read } from './made.ts'

function check(name: string, head: string | Uint8Array, expected: Source['content']): void {
  test(`${name}: ${expected}`, () => {
    const bytes = typeof head === 'string' ? Buffer.from(head, 'latin1') : head
    assert.equal(contentOf(bytes, () => bytes).content, expected)
  })
}

check('nothing', '', 'empty')
check('pcap, little endian', '\xd4\xc3\xb2\xa1\x02\0\x04\0', 'capture')
check('pcap, big endian', '\xa1\xb2\xc3\xd4\0\x02\0\x04', 'capture')
check('pcap with nanoseconds, little endian', '\x4d\x3c\xb2\xa1\x02\0\x04\0', 'capture')
check('pcap with nanoseconds, big endian', '\xa1\xb2\x3c\x4d\0\x02\0\x04', 'capture')
check('pcap of the patched libpcap', '\x34\xcd\xb2\xa1\x02\0\x04\0', 'capture')
check('pcapng, little endian', '\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a', 'capture')
check('pcapng, big endian', '\n\r\r\n\0\0\0\x1c\x1a\x2b\x3c\x4d', 'capture')
check('blank lines as pcapng begins with', '\n\r\r\nhello there\n', 'text')
check('a systemd journal', 'LPKSHHRH\0\0\0\0', 'journal')
check('a log', LINE, 'text')
check('one letter', 'x', 'text')
check('colours of a terminal', '\x1b[31mERROR\x1b[0m failed\r\n', 'text')
check('a few NULs among lines', `${LINE.repeat(3)}\0\0\0\0${LINE}`, 'text')
check('a hole before lines', '\0'.repeat(5000) + LINE.repeat(3), 'text')
check('some invalid UTF-8', `${LINE}user=\xff\xfe\xfa\n${LINE}`, 'text')
check('journal export with a binary field', `MESSAGE\n\x05\0\0\0\0\0\0\0a\nb\xffc\n${LINE.repeat(2)}`, 'text')
check('a log of MySQL 5 begins with a date, not with a cpio', '070701 12:00:01  mysqld started\n', 'text')
check('a program', '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0', 'binary')
check('a document', '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n', 'binary')
check('records of wtmp', `\x07\0\0\0\x39\x05\0\0pts/0${'\0'.repeat(40)}root${'\0'.repeat(30)}`.repeat(9), 'binary')
check('nothing but NULs', '\0'.repeat(65536), 'binary')

test('random bytes are no text', () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, at) => Math.imul(at + 1, 2654435761) >>> 13)
  assert.equal(contentOf(noise, () => noise).content, 'binary')
})

test('what is no text is named with its first bytes', async (t) => {
  const folder = folderOf(t, {
    'a.core': '\x7fELF\x02\x01\x01\0\0\0\0\0',
    'b.7z': Buffer.from('377abcaf271c0004', 'hex'),
    'c.cap': 'snoop\0\0\0\0\0\0\x02\0\0\0\x04',
    'd.bin': Buffer.from('0102030405060708', 'hex'),
    'e.log': '',
  })
  const { notices, details, members } = await read(folder)
  assert.deepEqual(notices, [
    'a.core binary null',
    'b.7z binary null',
    'c.cap capture-unsupported null',
    'd.bin binary null',
    'e.log empty null',
  ])
  assert.deepEqual(details, [
    'is no text but an ELF program, library or core dump: starts with 7f454c46',
    'is no text but a 7-Zip archive: unpack it first: starts with 377abcaf',
    'is a snoop capture, save it as pcap or pcapng: starts with 736e6f6f',
    'is no text but binary: starts with 01020304',
    'is empty',
  ])
  assert.deepEqual(
    members.map(({ content }) => content),
    ['binary', 'binary', 'binary', 'binary', 'empty'],
  )
})

test('a log that begins with a hole longer than its head is known by its end', async (t) => {
  const text = '\0'.repeat(200_000) + LINE
  const { members, sources } = await read(folderOf(t, { 'x.log': text }))
  assert.equal(members[0]?.content, 'text')
  assert.equal(sources['x.log'], text)
})
