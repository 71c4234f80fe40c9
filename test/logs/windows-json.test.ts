// Windows events as JSON have the fields that they have as XML.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJson } from '../../src/logs/formats/json.ts'

test('an event as tools for .evtx files dump it', () => {
  const record = readJson(
    JSON.stringify({
      Event: {
        System: {
          Provider: { '#attributes': { Name: 'Service Control Manager' } },
          EventID: { '#attributes': { Qualifiers: 16384 }, '#text': 7040 },
          Level: 3,
          TimeCreated: { '#attributes': { SystemTime: '2025-12-18T07:38:14.556609Z' } },
          Execution: { '#attributes': { ProcessID: 844 } },
          Channel: 'System',
          Computer: 'WIN1',
        },
        EventData: { param1: 'Print Spooler' },
      },
    }),
  )
  assert.deepEqual(
    { ...record, stamp: record?.stamp?.at, fields: record?.fields.param1, body: '', detail: '' },
    {
      ...record,
      stamp: Date.parse('2025-12-18T07:38:14.556Z') * 1000 + 609,
      severity: 'warn',
      host: 'WIN1',
      program: 'Service Control Manager',
      pid: 844,
      fields: 'Print Spooler',
      body: '',
      detail: '',
    },
  )
  assert.equal(record?.fields.event_id, 7040)
  assert.equal(record?.fields.channel, 'System')
})

test('data of users, and events as Winlogbeat ships them', () => {
  const dumped = {
    Event: { System: { Channel: 'Security' }, UserData: { LogFileCleared: { SubjectUserName: 'ann' } } },
  }
  assert.equal(readJson(JSON.stringify(dumped))?.fields.SubjectUserName, 'ann')
  const shipped = {
    '@timestamp': '2025-12-18T07:38:14.556Z',
    message: 'An account failed to log on.',
    winlog: { channel: 'Security', event_id: 4625, computer_name: 'WIN1', event_data: { LogonType: '3' } },
  }
  const record = readJson(JSON.stringify(shipped))
  assert.deepEqual(
    [record?.fields.event_id, record?.fields.LogonType, record?.host, record?.body],
    [4625, '3', 'WIN1', shipped.message],
  )
})
