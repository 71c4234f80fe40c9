// Where the events of a Sigma rule come from: formats of logs, what else tells them apart, and what its fields are called here.
import type { Test } from '../../model/index.ts'
import { isName } from './sigma-values.ts'
import { type Entries, Refusal, textOf } from './yaml-nodes.ts'

export interface SigmaSource {
  /** Formats of logs; empty for any. */
  readonly readers: readonly string[]
  /** What every event of it passes; null for nothing. */
  readonly test: Test | null
  /** Names under which a field may stand, the usual one first. */
  readonly namesOf: (field: string) => readonly string[] | null
}

const ACCESS = ['nginx-access', 'proxy-access', 'json-access', 'haproxy', 'w3c']

/** Readers by category, service or product. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'category webserver': ACCESS,
  'category proxy': ACCESS,
  'service auditd': ['auditd'],
  'service apache': ['apache-error'],
  'product cisco': ['cisco'],
  'product macos': ['macos-unified'],
}

/** Services of Linux by the program that writes. */
const PROGRAMS: Readonly<Record<string, string>> = {
  sshd: 'sshd',
  sudo: 'sudo',
  cron: 'cron',
  vsftpd: 'vsftpd',
  clamav: 'clam',
  guacamole: 'guac',
}

/** Events of Sysmon by category (Sigma taxonomy, Windows folder). */
const SYSMON: Readonly<Record<string, readonly number[]>> = {
  process_creation: [1],
  file_change: [2],
  network_connection: [3],
  sysmon_status: [4, 16],
  process_termination: [5],
  driver_load: [6],
  image_load: [7],
  create_remote_thread: [8],
  raw_access_thread: [9],
  process_access: [10],
  file_event: [11],
  registry_event: [12, 13, 14],
  registry_add: [12],
  registry_delete: [12],
  registry_set: [13],
  registry_rename: [14],
  create_stream_hash: [15],
  pipe_created: [17, 18],
  wmi_event: [19, 20, 21],
  dns_query: [22],
  file_delete: [23],
  clipboard_capture: [24],
  process_tampering: [25],
  file_delete_detected: [26],
  file_block_executable: [27],
  file_block_shredding: [28],
  file_executable_detected: [29],
  sysmon_error: [255],
  ps_module: [4103],
  ps_script: [4104],
}

/** Channels of Windows by service; the rest is told by the event's number alone. */
const CHANNELS: Readonly<Record<string, string>> = {
  security: 'Security',
  system: 'System',
  application: 'Application',
  sysmon: 'Microsoft-Windows-Sysmon/Operational',
  powershell: 'Microsoft-Windows-PowerShell/Operational',
  'powershell-classic': 'Windows PowerShell',
  taskscheduler: 'Microsoft-Windows-TaskScheduler/Operational',
  windefend: 'Microsoft-Windows-Windows Defender/Operational',
}

const WINDOWS_NAMES: Readonly<Record<string, readonly string[]>> = {
  EventID: ['event_id', 'EventID'],
  Channel: ['channel', 'Channel'],
  Provider_Name: ['program', 'Provider_Name'],
  Computer: ['host', 'Computer'],
  ComputerName: ['host', 'ComputerName'],
  Execution_ProcessID: ['pid'],
}

const ACCESS_NAMES: Readonly<Record<string, readonly string[]>> = {
  'c-ip': ['client'],
  src_ip: ['client'],
  'cs-method': ['method'],
  'sc-status': ['status'],
  'cs-uri': ['path'],
  'cs-uri-stem': ['path'],
  'cs-uri-query': ['path', 'cs-uri-query'],
  'c-uri': ['path'],
  'c-uri-query': ['path', 'cs-uri-query'],
  'cs-user-agent': ['user_agent'],
  'c-useragent': ['user_agent'],
  'cs-referer': ['referrer'],
  'cs-referrer': ['referrer'],
  'sc-bytes': ['bytes', 'sc-bytes'],
  'cs-bytes': ['cs-bytes'],
  'cs-username': ['user', 'cs-username'],
  's-ip': ['server'],
}

/** @throws Refusal where the log source says nothing that is known */
export function sourceOf(logsource: Entries): SigmaSource {
  const [category, product, service] = ['category', 'product', 'service'].map((name) => textOf(logsource.get(name)))
  if (!category && !product && !service)
    throw new Refusal('`logsource` names no category, product or service', logsource.at)
  const keys = [`category ${category}`, `service ${service}`, `product ${product}`]
  const readers = keys.map((key) => READERS[key]).find((one) => one !== undefined) ?? []
  const isAccess = readers === ACCESS
  const names = isAccess ? ACCESS_NAMES : product === 'windows' ? WINDOWS_NAMES : {}
  return {
    readers,
    test: product === 'windows' ? windowsTest(category ?? '', service ?? '') : programTest(service ?? ''),
    namesOf: (field) => names[field] ?? (isAccess || !isName(field) ? null : [field]),
  }
}

function windowsTest(category: string, service: string): Test | null {
  const ids = SYSMON[category]
  if (ids !== undefined) return anyField('EventID', (field) => ({ kind: 'in', field, values: ids }))
  const channel = CHANNELS[service]
  if (channel === undefined) return null
  const template = { parts: [{ kind: 'text', text: channel }], anyCase: true } as const
  return anyField('Channel', (field) => ({ kind: 'text', field, how: 'is', templates: [template] }))
}

function anyField(name: string, ask: (field: string) => Test): Test {
  return { kind: 'or', tests: (WINDOWS_NAMES[name] ?? []).map(ask) }
}

function programTest(service: string): Test | null {
  const program = PROGRAMS[service]
  if (program === undefined) return null
  const template = { parts: [{ kind: 'text', text: program }], anyCase: true } as const
  return { kind: 'text', field: 'program', how: 'has', templates: [template] }
}
