// Stack traces behind the header of a wrapper: runtimes, prefixes; and lines of formats that must not swallow one another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText } from './reading-bench.ts'

/** Each record as the numbers of its first and last line and the format that read it. */
function check(name: string, lines: readonly string[], expected: readonly string[]): void {
  test(name, async () => {
    const { records } = await readText(`${lines.join('\n')}\n`, { year: 2026 })
    const got = records.map(({ place, reader }) =>
      place.kind === 'line' ? `${place.line}-${place.lineEnd} ${reader}` : '',
    )
    assert.deepEqual(got, expected)
  })
}

const cri = (stream: string, text: string): string => `2026-11-20T22:35:19.868123456Z ${stream} F ${text}`
const docker = (text: string): string =>
  JSON.stringify({ log: `${text}\n`, stream: 'stdout', time: '2026-11-20T22:35:19.8Z' })

check(
  'a Java trace in a container is one record with the line that logged it',
  [
    cri('stdout', '2026-11-20 22:35:19,868 ERROR [main] a.b.C - boom'),
    cri('stdout', 'java.lang.RuntimeException: x'),
    cri('stdout', '\tat a.b.C.d(E.java:1)'),
    cri('stdout', 'Caused by: java.net.ConnectException: refused'),
    cri('stdout', '\t... 3 more'),
    cri('stdout', '2026-11-20 22:35:20,868 INFO [main] a.b.C - next'),
  ],
  ['1-5 cri', '6-6 cri'],
)
check(
  'a chained Python trace in a container is one record',
  [
    cri('stderr', 'Traceback (most recent call last):'),
    cri('stderr', '  File "/app/a.py", line 1, in <module>'),
    cri('stderr', 'ConnectionRefusedError: [Errno 111] Connection refused'),
    cri('stderr', ''),
    cri('stderr', 'During handling of the above exception, another exception occurred:'),
    cri('stdout', 'of the other stream'),
  ],
  ['1-5 cri', '6-6 cri'],
)
check(
  'the same behind docker',
  [docker('ERROR boom'), docker('java.lang.RuntimeException: x'), docker('\tat a.b.C.d(E.java:1)'), docker('next')],
  ['1-3 docker', '4-4 docker'],
)
check(
  'lines of two containers of one text do not mix',
  [
    'web-1  | Traceback (most recent call last):',
    'web-1  |   File "/app/a.py", line 1, in <module>',
    'db-1   | 2026-11-20 22:35:19.868 UTC [1] LOG:  ready',
    'web-1  | RuntimeError: x',
    'web-1  |  * Running on http://192.0.2.1',
    'web-1 exited with code 1',
  ],
  ['1-4 docker-compose', '3-3 docker-compose', '5-5 docker-compose', '6-6 docker-compose'],
)
check(
  'lines of two pods do not mix',
  [
    '[pod/web-0/app] 2026-11-20 22:35:19,868 ERROR [main] a.b.C - boom',
    '[pod/web-0/app] java.lang.RuntimeException: x',
    '[pod/web-1/app] \tat a.b.C.d(E.java:1)',
  ],
  ['1-2 pod-prefix', '3-3 pod-prefix'],
)
check(
  'what journalctl says between two boots is no part of a message',
  [
    '-- Logs begin at Mon 2026-11-16 10:00:01 UTC, end at Fri 2026-11-20 22:46:02 UTC. --',
    'Nov 20 22:46:02 reg-09 systemd[1]: Started.',
    '-- Reboot --',
    'Nov 20 22:48:02 reg-09 systemd[1]: Started again.',
  ],
  ['1-1 journalctl-note', '2-2 syslog-rfc3164', '3-3 journalctl-note', '4-4 syslog-rfc3164'],
)
check(
  'objects of a YAML list are a record each',
  [
    'apiVersion: v1',
    'items:',
    '- apiVersion: v1',
    '  kind: Event',
    '  lastTimestamp: "2026-11-20T22:45:19Z"',
    '  involvedObject:',
    '    kind: Pod',
    '    name: web-0',
    '  message: |-',
    '    two',
    '    lines',
    '- apiVersion: v1',
    '  kind: Event',
    '  lastTimestamp: "2026-11-20T22:46:19Z"',
    'kind: List',
  ],
  ['1-2 kubernetes-yaml', '3-11 kubernetes-yaml', '12-15 kubernetes-yaml'],
)
check(
  'an object within an object of a YAML list belongs to it',
  [
    'apiVersion: v1',
    'items:',
    '- apiVersion: v1',
    '  count: 3',
    '  involvedObject:',
    '    apiVersion: v1',
    '    kind: Pod',
    '  kind: Event',
    '  lastTimestamp: "2026-11-20T22:45:19Z"',
    '- apiVersion: v1',
    '  kind: Pod',
    '  metadata:',
    '    ownerReferences:',
    '    - apiVersion: apps/v1',
    '      kind: StatefulSet',
    '    - apiVersion: apps/v1',
    '      kind: Owner',
    'kind: List',
  ],
  ['1-2 kubernetes-yaml', '3-9 kubernetes-yaml', '10-18 kubernetes-yaml'],
)
check(
  'objects of an indented YAML list are a record each',
  ['apiVersion: v1', 'items:', '  - apiVersion: v1', '    kind: Pod', '  - apiVersion: v1', '    kind: Pod'],
  ['1-2 kubernetes-yaml', '3-4 kubernetes-yaml', '5-6 kubernetes-yaml'],
)
check(
  'an indented Windows event is one record',
  [
    '<Events>',
    '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">',
    '  <System>',
    '    <Provider Name="A" />',
    '    <TimeCreated SystemTime="2026-11-20T22:35:19.868Z" />',
    '  </System>',
    '</Event>',
    '</Events>',
  ],
  ['1-1 plain', '2-7 windows-event', '8-8 plain'],
)
check(
  'a crash of Node is one record from the place in the code to the version',
  [
    '/app/index.js:3',
    "throw new Error('x');",
    '^',
    '',
    'Error: connect ECONNREFUSED 192.0.2.7:5432',
    '    at TCPConnectWrap.afterConnect (node:net:1607:16) {',
    "  code: 'ECONNREFUSED'",
    '}',
    '',
    'Node.js v24.1.0',
    'next',
  ],
  ['1-10 plain', '11-11 plain'],
)
check(
  'an abort of C++ and what the sanitizer says',
  [
    "terminate called after throwing an instance of 'std::runtime_error'",
    '  what():  connection refused',
    'Aborted (core dumped)',
    '==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x1',
    '    #0 0x4 in main /a.c:1',
    '==12==ABORTING',
  ],
  ['1-3 plain', '4-6 plain'],
)
check(
  'an access line behind a header is the header’s, however many access lines there are',
  [
    '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11',
    '192.0.2.15 - - [20/Nov/2026:22:46:05 +0000] "GET /a HTTP/1.1" 200 11',
    'Nov 20 22:46:06 web-1 nginx: 192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11',
  ],
  ['1-1 nginx-access', '2-2 nginx-access', '3-3 syslog-rfc3164'],
)

test('colours written out as text are no part of a message', async () => {
  const { records } = await readText(
    'Nov 20 22:46:02 reg-09 api[1]: #033[31mred#033[0m\n{"log":"\\u001b[31mred\\u001b[0m\\n","stream":"stdout","time":"2026-11-20T22:46:03Z"}\n',
    { year: 2026 },
  )
  assert.deepEqual(
    records.map(({ body }) => body),
    ['red', 'red'],
  )
})

check(
  'an indented object is one record, times within it too',
  ['{', ' "id": "a",', ' "onset": "2026-11-20T22:41:17.460Z",', ' "files": [', '  "access.log"', ' ]', '}', 'next'],
  ['1-7 json-pretty', '8-8 plain'],
)

const stamped = (text: string): string => `2026-11-20T22:35:19.868123456Z ${text}`

check(
  'a trace whose every line has the runtime’s time is one record with the line that logged it',
  [
    stamped('2026-11-20 22:35:19,868 ERROR [main] a.b.C - boom'),
    stamped('java.lang.RuntimeException: x'),
    '2026-11-20T22:35:19.86812Z \tat a.b.C.d(E.java:1)',
    stamped('\tat a.b.C.d(E.java:2)'),
    stamped('Caused by: java.net.ConnectException: refused'),
    stamped('\t... 3 more'),
    stamped('2026-11-20 22:35:20,868 INFO [main] a.b.C - next'),
  ],
  ['1-6 text', '7-7 text'],
)
check(
  'chained errors of Python in a container are one record with the line that logged them',
  [
    'ERROR - failed',
    'Traceback (most recent call last):',
    '  File "a.py", line 1, in <module>',
    '    x()',
    '    ^^^',
    'ValueError: bad',
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    'Traceback (most recent call last):',
    '  File "a.py", line 2, in <module>',
    'RuntimeError: worse',
    'next',
  ].map((line) => cri('stderr', line)),
  ['1-12 cri', '13-13 cri'],
)
check(
  'a goroutine whose places have lost their tabs is one record',
  [
    stamped('panic: boom'),
    stamped('goroutine 12 [running]:'),
    stamped('main.(*C).run(0xc003fe6d80)'),
    stamped('/src/main.go:205 +0x372'),
    stamped('created by main.main'),
    stamped('/src/main.go:117 +0x19a'),
    stamped('I am next'),
  ],
  ['1-6 text', '7-7 text'],
)

test("a message may begin with its level: the time is the wrapper's", async () => {
  const { records } = await readText(
    `${[cri('stdout', 'ERROR refused'), cri('stdout', '[WARN] late'), 'web-1  | 2026-11-20T22:35:19.8Z INFO ready'].join('\n')}\n`,
  )
  assert.deepEqual(
    records.map(({ severity, body }) => [severity, body]),
    [
      ['error', 'ERROR refused'],
      ['warn', '[WARN] late'],
      ['info', 'INFO ready'],
    ],
  )
})
