import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Attempt, refusal } from '../../src/tickets/refusal.ts'

const words: Attempt = { doing: 'post the comment', carries: 'words', host: 'example.com' }

function check(status: number, body: unknown, expected: readonly [code: string, said: RegExp], attempt = words): void {
  const { code, message } = refusal({ status, body, location: null }, attempt)
  assert.deepEqual([code, expected[1].test(message)], [expected[0], true], message)
}

test('what the five systems say is passed on', () => {
  check(401, { errorMessages: ['Client must be authenticated'] }, [
    'ticket-unauthorised',
    /It says: Client must be auth/,
  ])
  check(403, { message: 'Resource not accessible' }, [
    'ticket-forbidden',
    /\(post the comment, HTTP 403\)\. It says: Resou/,
  ])
  check(404, { error: { message: 'No Record found', detail: 'ACL' } }, ['ticket-not-found', /It says: ACL$/])
  check(422, { error: 'RecordInvalid', description: 'Record validation errors' }, [
    'ticket-refused',
    /It says: Record val/,
  ])
  check(400, { errors: { comment: 'Comment body is not valid!' } }, ['ticket-refused', /It says: Comment body/])
  check(500, '<html><h1>Oops</h1></html>', ['ticket-failed', /fails by itself \(post the comment, HTTP 500\)\.$/])
  check(503, null, ['ticket-failed', /HTTP 503\)\.$/])
})

test('a refused type of file is told apart from a refused request', () => {
  const file: Attempt = { ...words, carries: 'file' }
  check(415, null, ['ticket-file-refused', /does not take files of this type/], file)
  check(422, { error: 'Attachment type not allowed: text/html' }, ['ticket-file-refused', /./], file)
  check(403, { error: { detail: 'File extension html is not allowed' } }, ['ticket-file-refused', /./], file)
  check(403, { error: { detail: 'No permission' } }, ['ticket-forbidden', /./], file)
  check(415, null, ['ticket-refused', /./])
})

test('no terminal obeys what a system says, and it is short', () => {
  check(400, { message: 'a\u001b[31mred\r\nb\u202e' }, ['ticket-refused', /It says: a \[31mred b$/])
  check(400, { message: 'x'.repeat(5000) }, ['ticket-refused', /It says: x{200}…$/])
})

test('where it sends elsewhere is named without what it carries', () => {
  const { message } = refusal({ status: 302, body: null, location: 'https://login.example.com/?next=abc' }, words)
  assert.match(message, /^example\.com sends elsewhere \(https:\/\/login\.example\.com\/\) \(post/)
})
