import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeCause, parseRules } from '../../src/language/index.ts'

const text = `
signal dial_timeout from log where message has "connect ETIMEDOUT {peer:ip}:{port:int}"
cause network.filtered
  title "Packets to {server}:{port} are dropped" severity critical key server, port
  decisive when sequence within 75s
    first: 3 tcp.unanswered
    then said: dial_timeout by peer, port
    without tcp.established from first to said + 1s
  against when tcp.established within 1m
  impact 9
  combine noisy or, one source at most 0.90
  remedy now "Look." lasting "Alert."
  see "https://www.rfc-editor.org/rfc/rfc9293"
cause upstream.timeout title "t" severity low weak when tcp.refused
explain upstream.* by network.filtered within 30s
example "dropped"
  given a.log
    x
  expect network.filtered
`

test('a cause is told in words', async () => {
  const { rules } = await parseRules([{ file: 'network.fault', text }])
  const [cause] = rules.causes
  assert.ok(cause)
  assert.equal(
    describeCause(cause, rules),
    `network.filtered: Packets to {server}:{port} are dropped
  Severity critical, impact 9 of 10; one finding for each server, port; a root cause from a confidence of 0.70.
  Independent evidence adds up; what one source says comes to 0.90 at most.

Evidence
  decisive: in this order within 1 min 15 s: (first) 3 or more tcp.unanswered, then (said) dial_timeout of one peer, port
    without tcp.established from first to 1 s after said
  against: tcp.established within 1 min

Signals
  signal dial_timeout from log
      where message has "connect ETIMEDOUT {peer:ip}:{port:int}"

Links
  explain upstream.* by network.filtered within 30s

What to do
  now      Look.
  lasting  Alert.

Examples
  network.fault:16 dropped

See
  https://www.rfc-editor.org/rfc/rfc9293`,
  )
})
