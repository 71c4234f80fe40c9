import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from '../../src/engine/words.ts'

function check(body: string, expected: string): void {
  test(body, () => assert.equal(wordsOf(body).join(' '), expected))
}

check('disk is full', 'disk is full')
check('took 12 ms', 'took <*> ms')
check('took 12.5ms of 3 s', 'took <*> of <*> s')
check('order 708cc9fa-828b-4803-a789-c58e42bb79a1 failed', 'order <*> failed')
check('digest 4cd379a4abeb4987814bf32646ccac81 differs', 'digest <*> differs')
check('decade is a word, facade too', 'decade is a word, facade too')
check('segfault at 0x7ffd11', 'segfault at <*>')
check('peer 192.0.2.7:5432 is gone', 'peer <*> is gone')
check('peer 2001:db8:0:0:1::7 is gone', 'peer <*> is gone')
check('GET /orders/17/lines failed', 'GET /orders/<*>/lines failed')
check('mail to jo.1@example.org bounced', 'mail to <*> bounced')
check('worker-3 died', 'worker-<*> died')
check('status=502 ms=17 id=ab12', 'status=<*> ms=<*> id=<*>')
check('queue "orders-17" stalled', 'queue <*> stalled')
check('queue "orders" stalled', 'queue "orders" stalled')
check('first line\nsecond line', 'first line')
