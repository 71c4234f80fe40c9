// What people typed is left out of messages, what services say about it is not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutSpeech } from '../../src/engine/speech.ts'

function check(severity: string | null, text: string, expected: string): void {
  test(text, () => assert.equal(withoutSpeech(text, severity), expected))
}

check('info', 'prompt="explain ECONNREFUSED" tokens=41', 'prompt="" tokens=41')
check(null, 'prompt="explain \\"ENOSPC\\" to me" tokens=41', 'prompt="" tokens=41')
check('error', "question='why deadlock detected' failed: read ECONNRESET", 'question="" failed: read ECONNRESET')
check('info', '{"question": "what is OOMKilled?"}', '{"question": ""}')
check('info', 'chat\nprompt=why does it say Too many open files\ntokens=41', 'chat\nprompt=""\ntokens=41')
check('info', 'chat\nmessages.0.content=disk full?\nuser=9', 'chat\nmessages.0.content=""\nuser=9')
check('info', 'ticket text="No space left on device" id=7', 'ticket text="" id=7')
check('error', 'write failed text="No space left on device"', 'write failed text="No space left on device"')
check('info', 'prompt: ready, Connection refused', 'prompt: ready, Connection refused')
check('info', 'context="Connection refused"', 'context="Connection refused"')
check('info', 'stored "core dumped.txt" as \'Out of memory.PDF\'', 'stored "" as ""')
check('error', 'cannot open "core dumped.txt"', 'cannot open "core dumped.txt"')
check('info', 'read "/var/spool/core dumped.txt"', 'read "/var/spool/core dumped.txt"')
check('info', 'self-test: simulated ECONNREFUSED, ENOSPC handled', '')
check('error', 'chaos test failed: read ECONNRESET', 'chaos test failed: read ECONNRESET')
check('info', "search q='connection refused' hits=9", 'search q="" hits=9')
check('info', 'metrics query="{app=\\"shop\\"} |= \\"connection refused\\"" status=200', 'metrics query="" status=200')
check('error', 'query="SELECT 1" failed: connection refused', 'query="SELECT 1" failed: connection refused')
check('warn', '#0 pattern not matched: "ERROR connection refused"', '#0 pattern not matched: ""')
