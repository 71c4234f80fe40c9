import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Flavour } from '../../src/tickets/index.ts'
import { digestAtEnd, linkedFiles, marked, marker } from '../../src/tickets/marker.ts'

const RUN = '0123456789ab'
const sign = marker(RUN, '89abcdef')
const file = { id: '1', name: `faultline-${RUN}.html`, size: 3, link: '/uploads/abc/x.html' }

function check(flavour: Flavour, text: string, expected: string): void {
  assert.equal(marked(flavour, text, { sign, files: [file] }), expected)
}

test('each flavour has its way to carry the marker', () => {
  check('markdown', 'a\n', `a\n\n- [${file.name}](/uploads/abc/x.html)\n\n<!-- ${sign} -->`)
  check('jira-wiki', 'a\n', `a\n\n{anchor:${sign}}`)
  check('html', '<p>a</p>\n', `<p>a</p>\n<p>${sign}</p>`)
  check('text', 'a\n', `a\n\n${sign}`)
  check(
    'adf',
    '{"type":"doc","content":[{"type":"rule"}]}',
    `{"type":"doc","content":[{"type":"rule"},{"type":"paragraph","content":[{"type":"text","text":"${sign}","marks":[{"type":"subsup","attrs":{"type":"sub"}}]}]}]}`,
  )
})

test('the marker is found at the end only, and only that of this run', () => {
  const check = (text: string, expected: string | null) => assert.equal(digestAtEnd(text, RUN), expected)
  check(`a\n<!-- ${sign} -->\n`, '89abcdef')
  check(`{anchor:${sign}}`, '89abcdef')
  check(`> <!-- ${sign} -->\n\nI answer below`, null)
  check(`<!-- ${marker('ffffffffffff', '89abcdef')} -->`, null)
  check('', null)
})

test('links are read back as they were written', () => {
  const text = marked('markdown', 'a [x](y)', { sign, files: [file] })
  assert.deepEqual(linkedFiles(text), [
    { id: '/uploads/abc/x.html', name: `faultline-${RUN}.html`, size: null, link: '/uploads/abc/x.html' },
  ])
})
