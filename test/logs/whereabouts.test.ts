import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whereabouts } from '../../src/logs/whereabouts.ts'
import { readText } from './reading-bench.ts'

const UID = '0f6e2f7e-3c1b-4d53-9a0a-7f1c2d3e4f50'
const ID = '0123456789abcdef'.repeat(4)

function check(path: string, expected: readonly [host: string | null, place: string]): void {
  test(`${path} tells ${expected.join(' ')}`, () => {
    const { host, fields } = whereabouts(path)
    assert.deepEqual([host, [fields.namespace, fields.pod, fields.container].join('/')], expected)
  })
}

check(`/var/log/pods/shop_web-0_${UID}/app/0.log`, [null, 'shop/web-0/app'])
check(`/var/log/containers/web-7d4b9c6f5-x2vbz_shop_app-${ID}.log`, [null, 'shop/web-7d4b9c6f5-x2vbz/app'])
check(`sosreport-web-01-2026-11-20-kfxyzab.tar.xz!sosreport-web-01-2026-11-20-kfxyzab/var/log/messages`, [
  'web-01',
  '//',
])
check(`a/sosreport-db.example-01234567-2026-11-20-kfxyzab/sos_commands/logs/journalctl`, ['db.example', '//'])
check(`sosreport-n1-2026-11-20-kfxyzab/var/log/pods/shop_web-0_${UID}/app/1.log`, ['n1', 'shop/web-0/app'])
check('bundle.tar.gz!bundle/cluster-resources/pods/logs/shop/web-0/app.log', [null, 'shop/web-0/app'])
check('bundle.tar.gz!bundle/cluster-resources/pods/logs/shop/web-0/app-previous.log', [null, 'shop/web-0/app'])
check('b!support-bundle/all-logs/traefik-7cd4fcff68-9blj6/traefik-previous.log', [
  null,
  '/traefik-7cd4fcff68-9blj6/traefik',
])
check('dump/namespaces/shop/pods/web-0/app/app/logs/current.log', [null, 'shop/web-0/app'])
check('dump/shop/web-0/logs.txt', [null, 'shop/web-0/'])
check('pods/shop/web-0/app.log', [null, 'shop/web-0/app'])
check('dump/nodes/node-1.example/journal.log', ['node-1.example', '//'])
check('logs/app.log', [null, '//'])
check('src/pods/readme.log', [null, '//'])

test('the words of the line win over those of the path', async () => {
  const path = `sosreport-n1-2026-11-20-kfxyzab/var/log/pods/shop_web-0_${UID}/app/1.log`
  const { records } = await readText(
    '2026-11-20T22:35:19Z stdout F plain\n2026-11-20T22:35:20Z stdout F {"hostname":"h2","app":"api","msg":"boom"}\n',
    { path },
  )
  assert.deepEqual(
    records.map(({ host, program, fields }) => [host, program, fields.pod]),
    [
      ['n1', 'app', 'web-0'],
      ['h2', 'api', 'web-0'],
    ],
  )
})
