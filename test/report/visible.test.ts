import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visible, visibleLine } from '../../src/report/index.ts'

function check(text: string, expected: string): void {
  assert.equal(visible(text), expected)
}

test('escape sequences show as text', () => check('\u001b[31mred\u0007', '␛[31mred␇'))
test('turned reading order shows', () => check('a\u202Eb\u2066c', 'a⟨U+202E⟩b⟨U+2066⟩c'))
test('what takes no room shows', () => check('a\u200bb\ufeffc\u00add', 'a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+00AD⟩d'))
test('C1 controls and DEL show', () => check('\u009b2J\u007f', '⟨U+009B⟩2J␡'))
test('newlines and tabs stay, CR before LF goes, CR alone shows', () => check('a\r\nb\tc\rd', 'a\nb\tc␍d'))
test('half a surrogate pair is replaced', () => check('a\ud800b', 'a\ufffdb'))
test('other scripts stay as they are', () => check('登录失败 لا é 👍', '登录失败 لا é 👍'))
test('a line beyond 4,096 characters is cut with its length', () => {
  assert.equal(visible('x'.repeat(5000)), `${'x'.repeat(4096)} … (cut, 5000 characters)`)
})
test('one line has no newline', () => assert.equal(visibleLine('a\nb'), 'a⏎b'))
