import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileTemplate } from '../../src/engine/text-template.ts'
import type { CaptureType, TemplatePart } from '../../src/model/index.ts'

/** `a {name:type} b` as parts. */
function parts(text: string): TemplatePart[] {
  return text.split(/(\{\w+:\w+\})/).flatMap((part): TemplatePart[] => {
    const found = /^\{(\w+):(\w+)\}$/.exec(part)
    if (found !== null) return [{ kind: 'capture', name: found[1], type: found[2] as CaptureType }]
    return part === '' ? [] : [{ kind: 'text', text: part }]
  })
}

function check(
  template: string,
  text: string,
  expected: Record<string, unknown> | false,
  how: 'has' | 'starts' | 'ends' | 'is' = 'has',
  anyCase = false,
): void {
  test(`${JSON.stringify(template)} ${how} in ${JSON.stringify(text)}`, () => {
    const captures = {}
    const isFound = compileTemplate({ parts: parts(template), anyCase }, how)(text, captures)
    assert.deepEqual(isFound ? captures : false, expected)
  })
}

check('connect ECONNREFUSED {peer:ip}:{port:int}', 'Error: connect ECONNREFUSED 192.0.2.7:8080', {
  peer: '192.0.2.7',
  port: 8080,
})
check('connect ECONNREFUSED {peer:ip}:{port:int}', 'connect ECONNREFUSED 2001:db8::7:8080', {
  peer: '2001:db8::7',
  port: 8080,
})
check('connect ECONNREFUSED {peer:ip}:{port:int}', 'connect ECONNREFUSED db:8080', false)
check('at "{name:host}" ({peer:ip})', 'server at "db.example" (192.0.2.1), port', {
  name: 'db.example',
  peer: '192.0.2.1',
})
check('lookup {name:host}: no such host', 'dial tcp: lookup api.example: no such host', { name: 'api.example' })
check('{name:host} up', '192.0.2.1 up', false)
check('took {took:duration}', 'query took 1.5s', { took: 1_500_000 })
check('took {took:duration}', 'query took 12 ms', { took: 12_000 })
check('took {took:duration}', 'query took 250', { took: 250_000 })
check('took {took:duration}', 'query took 2m', { took: 120_000_000 })
check('rss={size:size}', 'rss=1.5Gi', { size: 1_610_612_736 })
check('rss={size:size}', 'rss=20kB', { size: 20_000 })
check('key={key:word}', 'cache miss key=plan:27, next', { key: 'plan:27' })
check('said {text:quoted}', "he said 'no way' twice", { text: 'no way' })
check('id {id:uuid}', 'id 123e4567-e89b-12d3-a456-426614174000.', { id: '123e4567-e89b-12d3-a456-426614174000' })
check('GET {path:path}', 'GET /a/b?c=1 HTTP/1.1', { path: '/a/b?c=1' })
check('error: {rest:rest}', 'error: a b c\nnext', { rest: 'a b c' })
check('load {share:number}', 'load 0,75', { share: 0.75 })
check('a b', 'a  b', false)
check('deadlock', 'DEADLOCK', {}, 'has', true)
check('deadlock', 'DEADLOCK', false)
check('fatal', 'fatal error', {}, 'starts')
check('fatal', 'a fatal', false, 'starts')
check('error', 'fatal error', {}, 'ends')
check('ready', 'ready now', false, 'is')
check('a.b(c)', 'axb(c)', false)
check('cpu: {cpu:cpu}', 'cpu: 500m', { cpu: 0.5 })
check('cpu: {cpu:cpu}', 'cpu: 2', { cpu: 2 })
check('cpu: {cpu:cpu}', 'cpu: 5min', false)
