import assert from 'node:assert/strict'
import { test } from 'node:test'
import { translateJq } from '../../../src/language/import/jq.ts'
import { printTest } from '../../../src/language/print/tests.ts'

const check = (filter: string, expected: string | null) => {
  const found = translateJq(filter)
  assert.equal(found === null ? null : printTest(found), expected, filter)
}

test('comparisons ask fields, whatever side the value is on', () => {
  check('.kind == "Pod"', 'kind == "Pod"')
  check('.a.b > 3 and 4 >= .c', 'a.b > 3 and not c > 4')
  check('select(.level == "error" or .level == "fatal")', 'level == "error" or level == "fatal"')
  check('.a["b"] == true', 'a.b == true')
})

test('missing fields are what jq holds them for', () => {
  const json = (test: string) => `line ~ /(?:^|[ \\t])\\{/ and ${test}`
  check('.a != 3', json('not a == 3'))
  check('(.a // 0) != 0', 'a != 0')
  check('(.a // 1) > 0', json('not a <= 0'))
  check('.spec.nfs != null', 'spec.nfs known or message ~ /\\nspec\\.nfs[.=]/')
  check('.a == null', json('not (a known or message ~ /\\na[.=]/)'))
  check('.a', '(a known or message ~ /\\na[.=]/) and not a == false')
  check('.a | not', json('not ((a known or message ~ /\\na[.=]/) and not a == false)'))
})

test('elements of lists are looked at all', () => {
  check(
    '.v[]? | (.nfs != null or .claim != null)',
    'message ~ /\\nv\\.\\d+\\.nfs[.=]/ or message ~ /\\nv\\.\\d+\\.claim[.=]/',
  )
  check('.v[].name == "x"', 'message ~ /\\nv\\.\\d+\\.name=x(?:\\n|$)/')
})

test('text functions ask the text', () => {
  check('.msg | contains("boom")', 'msg has "boom"')
  check('(.msg | startswith("a")) and .b == 1', 'msg starts "a" and b == 1')
  check('.msg | test("a/b+")', 'msg ~ /a\\/b+/')
})

test('what is beyond the subset is not honoured', () => {
  check('.a | length > 3', null)
  check('[.a] == 3', null)
  check('.a == .b', null)
  check('.a +', null)
  check('"x"', null)
})
