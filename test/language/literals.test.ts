import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { literalsOf, parseRules } from '../../src/language/index.ts'

/** Literals of a signal on logs; `~` marks those blind to case. */
async function literals(where: string): Promise<string> {
  const { rules, problems } = await parseRules([{ file: 'a', text: `signal s from log where ${where}` }])
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
    where,
  )
  const [signal] = rules.signals
  assert.ok(signal?.where)
  assert.deepEqual(signal.literals, literalsOf(signal.where))
  return signal.literals.map(({ text, anyCase }) => `${anyCase ? '~' : ''}${text}`).join(' ')
}

const check = async (where: string, expected: string) => assert.equal(await literals(where), expected, where)

test('a template gives its most telling run of safe signs', async () => {
  await check('message has "connect ETIMEDOUT {peer:ip}:{port:int}"', 'connect ETIMEDOUT ')
  await check('message has "connection pool exhausted"', 'connection pool exhausted')
  await check('message has "reason=evicted"', 'evicted')
  await check('message has "pool.size={n:int}"', 'size= size" size\\')
  await check('message has "a=b"', '')
  await check('message has any case "No Space Left"', '~No Space Left')
  await check('message starts "/etc/nginx/"', 'nginx/ nginx\\')
})

test('a name with its value is looked for as text and as a field of JSON', async () => {
  await check(
    'message has "status=503"',
    [
      'status=503 status="503 status=\'503 status":503 status": 503 status":"503 status": "503 status" ',
      'status\\":503 status\\": 503 status\\":\\"503 status\\": \\"503 status\\"  status\\\\\\',
    ].join(' '),
  )
  await check('message has "cpu={used:number}"', 'cpu= cpu" cpu\\')
})

test('a line of a message that names a nested field is looked for by its parts', async () => {
  await check('message ~ /\\nspec\\.volumes\\.\\d+\\.claim[.=]/', 'volumes')
  await check('message ~ /\\na\\.\\d+\\.claim=small(?:\\n|$)/', 'claim')
  await check('message ~ /\\nNode\\.js v/', 'Node.js v')
})

test('choices give one literal each, or none at all', async () => {
  await check('message has any ("EMFILE", "too many open files")', 'EMFILE too many open files')
  await check('message has any ("EMFILE", "xy")', '')
  await check('message has "EMFILE" or message has "ENFILE"', 'EMFILE ENFILE')
  await check('message has "EMFILE" or severity == "fatal"', '')
})

test('of tests that must all hold the most telling one is looked for', async () => {
  await check('message has "error" and message has "segfault"', 'segfault')
  await check('severity == "error" and message has "segfault"', 'segfault')
  await check('message has "segfault" and not message has "gdb"', 'segfault')
  await check('not message has "gdb"', '')
})

test('patterns give what every match contains', async () => {
  await check('message ~ /getaddrinfo (?<errno>EAI_AGAIN|ENOTFOUND) (?<name>[\\w.-]+)/', 'getaddrinfo ')
  await check('message ~ /(?<program>\\w+)\\[\\d+\\]: segfault at/', ']: segfault at')
  await check('message ~ /[Oo]ut of memory/', 'Out of memory out of memory')
  await check('message ~ /oom-kill/i', '~oom-kill')
  await check('message ~ /(?:foo)?bar\\d+(?:baz)*/', 'bar')
  await check('message ~ /\\d+ms/', '')
  await check('message ~ /(?:docker|kubelet)[ :]v?(?<version>\\d+)/', 'docker  docker: kubelet  kubelet:')
  await check('message ~ /a|bcd/', '')
})

test('fields that are in the line as written help, others do not', async () => {
  await check('status == 502', '502')
  await check('status in (502, 503)', '502 503')
  await check('status == 5', '')
  await check('status >= 500', '')
  await check('method == "OPTIONS"', 'OPTIONS')
  await check('host == "db1.example.com"', '')
  await check('program == "kernel" and message has "oom-kill"', 'oom-kill')
  await check('duration == 500ms', '')
})

test('text beyond ASCII is looked for as it is and as JSON may escape it', async () => {
  await check('message has "服务器繁忙，请稍后重试"', '服务器繁忙，请稍后重试 ~\\u670d\\u52a1\\u5668\\u7e41')
  await check('message has any case "Überlauf"', '~berlauf')
})

test('a line that holds a template without captures holds one of its literals, escaped as JSON or not', async () => {
  const text = fc.stringMatching(/^[ -~]{1,24}$/).filter((value) => value.trim() !== '')
  await fc.assert(
    fc.asyncProperty(text, async (said) => {
      const template = said.replace(/[{}]/g, '$&$&').replace(/["\\]/g, '\\$&')
      const { rules } = await parseRules([{ file: 'a', text: `signal s from log where message has "${template}"` }])
      const found = rules.signals[0]?.literals ?? []
      for (const line of [said, JSON.stringify({ msg: said })]) {
        assert.ok(found.length === 0 || found.some((literal) => line.includes(literal.text)), `${said}: ${line}`)
      }
    }),
    { numRuns: 200 },
  )
})
