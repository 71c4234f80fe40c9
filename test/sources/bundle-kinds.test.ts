import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleKindsOf } from '../../src/sources/index.ts'

function check(paths: readonly string[], expected: readonly string[]): void {
  test(`${paths.join(', ')} are of ${expected.join(' and ') || 'no kind'}`, () =>
    assert.deepEqual(bundleKindsOf(paths), expected))
}

check(['sosreport-web-01-2026-11-20-kfxyzab/var/log/messages'], ['sosreport'])
check(['case.tar.xz!web-01/sos_logs/sos.log', 'case.tar.xz!web-01/var/log/messages'], ['sosreport'])
check(['b/cluster-resources/pods/logs/shop/web-0/app.log', 'b/version.yaml'], ['troubleshoot'])
check(['b.tar.gz!support-bundle/all-logs/web-0/app.log', 'b.tar.gz!support-bundle/version.yaml'], ['troubleshoot'])
check(['dump/nodes.json', 'dump/kube-system/events.json', 'dump/shop/web-0/logs.txt'], ['cluster-info-dump'])
check(
  [
    'must-gather.local.1/quay/cluster-scoped-resources/core/nodes/n1.yaml',
    'must-gather.local.1/quay/namespaces/shop/pods/web-0/web-0.yaml',
  ],
  ['must-gather'],
)
check(
  ['scc_web_261120_2235.txz!scc/basic-environment.txt', 'scc_web_261120_2235.txz!scc/basic-health-check.txt'],
  ['supportconfig'],
)
check(
  ['a/sosreport-db-2026-11-20-kfxyzab.tar.xz!x', 'a/api-diagnostics/diagnostic_manifest.json'],
  ['elastic-diagnostics', 'sosreport'],
)
check(['var/log/messages', 'nodes.json', 'version.yaml', 'sosreport.txt'], [])
