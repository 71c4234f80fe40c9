import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellingIn, toldIn } from '../../../src/logs/told/telling.ts'

/** `method path status duration` of the request that a line tells of; empty where it tells of none. */
function check(line: string, expected: string): void {
  test(`${expected === '' ? 'no request' : expected}: ${line.slice(0, 80)}`, () => {
    const telling = tellingIn([line])
    const told = telling === null ? null : toldIn(line, telling)
    const text = told === null ? '' : `${told.method} ${told.path} ${told.status} ${told.duration}`
    assert.equal(text, expected)
  })
}

// pino-http, fastify, bunyan, express-winston
check(
  '{"level":30,"time":1795214763214,"req":{"id":7,"method":"GET","url":"/v1/x?a=1"},"res":{"statusCode":200},"responseTime":12,"msg":"request completed"}',
  'GET /v1/x 200 12000',
)
check(
  '{"level":30,"time":1795214763214,"reqId":"req-1","res":{"statusCode":503},"responseTime":12.3456789,"msg":"request completed"}',
  'null null 503 12346',
)
check(
  '{"name":"api","req":{"method":"GET","url":"/x"},"res":{"statusCode":404,"header":"HTTP"},"duration":12,"msg":"finish"}',
  'GET /x 404 12000',
)
check(
  '{"level":"info","message":"HTTP GET /x","meta":{"req":{"url":"/x","method":"GET"},"res":{"statusCode":200},"responseTime":4}}',
  'GET /x 200 4000',
)
check('{"level":50,"err":{"message":"x","res":{"statusCode":503}},"msg":"could not ask the bank"}', '')

// Named values, as JSON
check(
  '{"level":"info","ts":1795214763.1,"msg":"/x","status":200,"method":"GET","path":"/x","latency":0.0123}',
  'GET /x 200 12300',
)
check('{"level":"info","msg":"request","method":"GET","uri":"/x","status":200,"elapsed":"1.2s"}', 'GET /x 200 1200000')
check(
  '{"@timestamp":"2026-11-20T22:35:19Z","http":{"request":{"method":"GET"},"response":{"status_code":503}},"url":{"path":"/x"},"event":{"duration":350000}}',
  'GET /x 503 350',
)
check(
  '{"@timestamp":"2026-11-20T22:35:19Z","http.request.method":"GET","http.response.status_code":200,"url.path":"/x"}',
  'GET /x 200 null',
)
check(
  '{"severity":"INFO","httpRequest":{"requestMethod":"GET","requestUrl":"https://shop.example/x?a=1","status":200,"latency":"0.012s"}}',
  'GET /x 200 12000',
)
check(
  '{"@t":"2026-11-20T22:35:19Z","@mt":"HTTP {RequestMethod} {RequestPath} responded {StatusCode} in {Elapsed:0.0000} ms","RequestMethod":"GET","RequestPath":"/x","StatusCode":200,"Elapsed":12.3}',
  'GET /x 200 12300',
)
check('{"event":"request_finished","request":"POST /register","code":201,"level":"info"}', 'POST /register 201 null')
check(
  '{"thread":"http-1","mdc":{"method":"GET","path":"/x","status":"500","durationMs":"12"},"message":"done"}',
  'GET /x 500 12000',
)
check(
  '{"fields":{"message":"finished processing request","latency":"3 ms","status":200},"span":{"method":"GET","uri":"/x"}}',
  'GET /x 200 3000',
)

// and as pairs
check('level=info msg="request" method=GET path=/x status=200 duration=12ms', 'GET /x 200 12000')
check(
  'method=GET path=/x format=html controller=A action=b status=200 duration=12.34 view=8.2 db=3.1',
  'GET /x 200 12340',
)
check('method=GET path=/x status=200 db_duration=3ms duration=12ms', 'GET /x 200 12000')
check(
  '2026-11-20 22:35:19,868 INFO [http-3] request finished method=POST path=/register status=409 duration_ms=12',
  'POST /register 409 12000',
)
check(
  '2026-11-20T22:35:19Z\tINFO\tmw/log.go:21\thttp request\t{"method": "GET", "path": "/x", "status": 200, "latency": "850µs"}',
  'GET /x 200 850',
)
check('request path=/x status=200 ms=7', 'null /x 200 7000')

// Wordings of frameworks
check('[22:35:19 INF] HTTP GET /x responded 200 in 31.2456 ms', 'GET /x 200 31246')
check(
  'I, [2026-11-20T22:35:19.123456 #12]  INFO -- : [7] Completed 500 Internal Server Error in 12ms (ActiveRecord: 1.0ms)',
  'null null 500 12000',
)
check('22:35:19.868 request_id=F1 [info] Sent 200 in 850µs', 'null null 200 850')
check('      Request finished HTTP/1.1 POST http://shop.example/x - - - 503 - text/plain 12.34ms', 'POST /x 503 12340')
check(
  '      Request finished HTTP/2 GET https://shop.example/x?a=1 - 200 512 application/json 1.5ms',
  'GET /x 200 1500',
)
check('      Request finished in 12.3ms 200 application/json', 'null null 200 12300')
check(
  '2026/11/20 22:35:19 "GET http://shop.example:8080/x HTTP/1.1" from 192.0.2.1:5122 - 200 12B in 1.2ms',
  'GET /x 200 1200',
)
check('22:35:19 | 200 |     1.2ms |       192.0.2.1 | GET     | /x', 'GET /x 200 1200')
check(
  '2026-11-20 22:35:19.868 12 INFO nova.wsgi [req-1] 192.0.2.1 "GET /v2/x HTTP/1.1" status: 503 len: 12 time: 0.1',
  'GET /v2/x 503 null',
)
check(
  '[2026-11-20 22:35:19 +0000] - (sanic.access)[INFO][192.0.2.1:9]: GET http://shop.example/x?a=1  503 3',
  'GET /x 503 null',
)
check('[negroni] 2026-11-20T22:35:19Z | 503 |      1.2ms | shop.example | GET /x', 'GET /x 503 1200')
check('[W 261120 22:35:19 web:2239] 404 GET /x?a=1 (192.0.2.1) 1.23ms', 'GET /x 404 1230')
check('[2026-11-20 22:35:19.868] http: GET /x?a=1 (12 ms) 503', 'GET /x 503 12000')
check('2026-11-20 22:35:19,868 [info] - GET /x took 12ms and returned 200', 'GET /x 200 12000')
check('2026-11-20 22:35:19,868 - uvicorn.access - INFO - 192.0.2.1:5122 - "GET /x HTTP/1.1" 200', 'GET /x 200 null')
check('2026-11-20T22:35:19Z GET /x?a=1 200 12.345 ms - 45', 'GET /x 200 12345')
check('2026-11-20T22:35:19Z GET /x 200 45 - 12.345 ms', 'GET /x 200 12345')
check('2026-11-20 22:35:19.868  INFO 1 --- [nio-8080-exec-1] c.e.AccessLog : GET /x 200 12ms', 'GET /x 200 12000')
check('[Nest] 7  - LOG [HTTP] POST /x 201 - 12ms', 'POST /x 201 12000')
check('2026-11-20 22:35:19 INFO POST /x -> 503 (12 ms)', 'POST /x 503 12000')
check('{"level":"info","message":"GET /x 200 12ms","timestamp":"2026-11-20T22:35:19Z"}', 'GET /x 200 12000')

// What others answered, and what is no request at all
check(
  '{"level":"warn","msg":"payment answered","method":"POST","url":"https://bank.example/pay","status":503,"duration":12}',
  '',
)
check('{"level":"warn","msg":"upstream answered","method":"POST","path":"/pay","status":503,"duration":12}', '')
check('level=warn msg="calling the bank failed" method=POST path=/pay status=503 duration=12ms', '')
check('2026-11-20 22:35:19 WARN c.e.BankClient : POST /pay 503 12ms', '')
check('DEBUG urllib3.connectionpool: https://bank.example:443 "POST /pay HTTP/1.1" 503 12', '')
check('INFO httpx: HTTP Request: POST https://bank.example/pay "HTTP/1.1 503 Service Unavailable"', '')
check('POST https://bank.example/pay returned 503 in 12 ms', '')
check('GET /stock returned 503', '')
check('upstream_status=503 method=GET path=/x duration=12ms', '')
check('{"msg":"job done","status":200,"duration":12}', '')
check('exit status: 127 path=/usr/bin/x', '')
check('{"msg":"replayed","body":"{\\"method\\":\\"GET\\",\\"path\\":\\"/x\\",\\"status\\":503,\\"duration\\":12}"}', '')
check('Completed 12 of 500 jobs in 12ms', '')
check('copied /var/lib/x to /srv/x in 503 ms', '')
check('Sent 200 bytes in 12ms', '')

test('agents and paths may hold any word', () => {
  const line =
    '{"msg":"request","method":"GET","path":"/upstream/axios","status":200,"ua":"axios/1.7 okhttp/4.9","duration":12}'
  const telling = tellingIn([line])
  assert.equal(telling === null ? null : toldIn(line, telling)?.status, 200)
})

test('whole numbers are nanoseconds where some are too large for milliseconds', () => {
  const line = (took: number) => `{"msg":"request","method":"GET","path":"/x","status":200,"duration":${took}}`
  const took = (lines: readonly string[]) => {
    const telling = tellingIn(lines)
    return telling === null ? null : lines.map((one) => toldIn(one, telling)?.duration)
  }
  assert.deepEqual(took([line(350_000), line(12_000_000)]), [350, 12_000])
  assert.deepEqual(took([line(350), line(12_000)]), [350_000, 12_000_000])
})

test('the commonest manner of the head is the one that counts', () => {
  const lines = ['GET /x 200 12ms', 'level=info method=GET path=/x status=200 duration=1ms', 'POST /x 201 3ms']
  const telling = tellingIn(lines)
  assert.deepEqual(
    lines.map((line) => (telling === null ? null : (toldIn(line, telling)?.status ?? null))),
    [200, null, 201],
  )
})
