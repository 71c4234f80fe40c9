import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultlineError } from '../../src/model/index.ts'
import { readTarget, SETTINGS } from '../../src/tickets/index.ts'

const settings = {
  JIRA_URL: 'https://jira.example.com/jira/',
  JIRA_TOKEN: 't',
  ZENDESK_SUBDOMAIN: 'acme',
  ZENDESK_TOKEN: 't',
  GITHUB_TOKEN: 't',
  GITLAB_TOKEN: 't',
  SERVICENOW_URL: 'https://acme.service-now.com',
  SERVICENOW_USER: 'me',
  SERVICENOW_PASSWORD: 'p',
}
const choices = { audience: 'internal', overflow: 'leave' } as const

function codeOf(target: string, changed: Readonly<Record<string, string>> = {}): string {
  try {
    const { name, flavour, formats } = readTarget(target, { settings: { ...settings, ...changed }, choices })
    return `${name}, ${flavour}, ${formats?.join() ?? 'no files'}`
  } catch (error) {
    if (error instanceof FaultlineError) return error.code
    throw error
  }
}

test('targets', () => {
  const check = (target: string, expected: string) => assert.equal(codeOf(target), expected)
  check('jira:KEY-1', 'Jira issue KEY-1, jira-wiki, html')
  check('zendesk:123', 'Zendesk ticket 123, html, html')
  check('github:owner/repo.js#7', 'GitHub issue owner/repo.js#7, markdown, no files')
  check('gitlab:group/sub/project#7', 'GitLab issue group/sub/project#7, markdown, html')
  check('gitlab:group/project!7', 'GitLab merge request group/project!7, markdown, html')
  check('servicenow:INC0012345', 'ServiceNow record INC0012345, text, html')
  check('servicenow:CS0001', 'ServiceNow record CS0001, text, html')
  check('eml:out/mail.eml', 'mail out/mail.eml, text, eml')
  for (const wrong of [
    'jira:key-1',
    'jira:KEY-1/../../x',
    'zendesk:abc',
    'github:owner#7',
    'github:owner/repo',
    'gitlab:project#7',
    'gitlab:group/project#7?x=1',
    'servicenow:XYZ1',
    'servicenow:INC1^ORnumber=INC2',
    'eml:',
    'trac:1',
    'KEY-1',
    '',
  ])
    check(wrong, 'unknown-target')
})

test('Jira with an e-mail address is Cloud', () => {
  assert.equal(codeOf('jira:KEY-1', { JIRA_EMAIL: 'me@example.com' }), 'Jira issue KEY-1, adf, html')
})

test('addresses are encrypted ones, or this machine', () => {
  const check = (url: string, expected: RegExp) => assert.match(codeOf('jira:KEY-1', { JIRA_URL: url }), expected)
  check('https://jira.example.com', /^Jira/)
  check('http://127.0.0.1:8080', /^Jira/)
  check('http://localhost:8080/jira', /^Jira/)
  check('http://[::1]:8080', /^Jira/)
  check('http://jira.example.com', /^ticket-settings$/)
  check('http://127.0.0.1.example.com', /^ticket-settings$/)
  check('http://localhost.example.com', /^ticket-settings$/)
  check('https://me:secret@jira.example.com', /^ticket-settings$/)
  check('https://jira.example.com/?token=x', /^ticket-settings$/)
  check('ftp://jira.example.com', /^ticket-settings$/)
  check('jira.example.com', /^ticket-settings$/)
  check('', /^ticket-settings$/)
})

test('a credential cannot forge a header, and a missing one is named', () => {
  assert.equal(codeOf('jira:KEY-1', { JIRA_TOKEN: 'a\r\nx: y' }), 'ticket-settings')
  assert.equal(codeOf('zendesk:1', { ZENDESK_SUBDOMAIN: 'evil.example.com/x?' }), 'ticket-settings')
  assert.throws(() => readTarget('github:o/r#1', { settings: {}, choices }), { message: 'GITHUB_TOKEN is not set.' })
})

test('every secret setting is known as one', () => {
  assert.deepEqual(
    SETTINGS.filter(({ kind }) => kind === 'secret').map(({ name }) => name),
    ['JIRA_TOKEN', 'ZENDESK_TOKEN', 'GITHUB_TOKEN', 'GITLAB_TOKEN', 'SERVICENOW_PASSWORD'],
  )
})
