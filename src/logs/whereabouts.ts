// What the path of a log tells of who wrote it: the host of a sosreport, namespace, pod and container of a cluster's logs.
import type { OpenFields, Reading } from './reading.ts'

export interface Whereabouts {
  readonly host: string | null
  readonly program: string | null
  readonly fields: OpenFields
}

const UID = '[0-9a-f-]{32,36}'
const NAME = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?'
const END = String.raw`\.(?:log|txt)(?:\.\d{8}-\d{6})?(?:\.gz)?$`

/** Most particular first. */
const POD_PATHS: readonly RegExp[] = [
  // The kubelet's own folders, wherever they were copied to.
  new RegExp(`/pods/(?<namespace>${NAME})_(?<pod>${NAME})_${UID}/(?<container>${NAME})/\\d+\\.log`),
  new RegExp(`/containers/(?<pod>${NAME})_(?<namespace>${NAME})_(?<container>${NAME})-[0-9a-f]{64}\\.log`),
  // oc adm must-gather
  new RegExp(
    `/namespaces/(?<namespace>${NAME})/pods/(?<pod>${NAME})/(?<container>${NAME})/(?:${NAME}/)?logs/[a-z]+${END}`,
  ),
  // troubleshoot.sh
  new RegExp(`/cluster-resources/pods/logs/(?<namespace>${NAME})/(?<pod>${NAME})/(?<container>${NAME})${END}`),
  new RegExp(`(?:^|[/!])pods/(?<namespace>${NAME})/(?<pod>${NAME})/(?<container>${NAME})${END}`),
  new RegExp(`/(?:all-logs|pod-logs|podlogs)/(?<pod>${NAME})/(?<container>${NAME})${END}`),
  // kubectl cluster-info dump
  new RegExp(`/(?<namespace>${NAME})/(?<pod>${NAME}-[a-z0-9]{1,10})/logs\\.txt(?:\\.gz)?$`),
]
/** `sosreport-web-01-2026-11-20-kfxyzab`, a case number before the date. */
const SOS =
  /(?:^|[/!])sosreport-([A-Za-z0-9][\w.-]*?)(?:-\d{5,})?-\d{4}-\d\d-\d\d-[a-z0-9]{7}(?:-[a-z]+)?(?:\.tar(?:\.\w+)?)?[/!]/
const NODE = /[/!]nodes\/([a-z0-9][a-z0-9.-]*)\//
/** Settings, alert rules and prose: they name faults that may come. */
const SETTINGS = /\.(?:ya?ml|toml|ini|cfg|conf|properties|rules|env|tf|hcl|md)(?:\.(?:bak|dist|example|j2))?$/i
const NOTHING: Whereabouts = { host: null, program: null, fields: {} }

export function whereabouts(path: string): Whereabouts {
  const host = SOS.exec(path)?.[1] ?? NODE.exec(path)?.[1] ?? null
  for (const pattern of POD_PATHS) {
    const groups = pattern.exec(path)?.groups
    if (groups === undefined) continue
    const program = groups.container?.replace(/-previous$/, '') ?? null
    const fields: OpenFields = {}
    for (const [name, value] of Object.entries({ ...groups, container: program })) {
      if (typeof value === 'string') fields[name] = value
    }
    return { host, program, fields }
  }
  return host === null ? NOTHING : { ...NOTHING, host }
}

export function isSettings(path: string): boolean {
  return SETTINGS.test(path)
}

/** The line's own words win. */
export function placed(reading: Reading, { host, program, fields }: Whereabouts): Reading {
  if (host === null && program === null && fields.pod === undefined) return reading
  return {
    ...reading,
    host: reading.host ?? host,
    program: reading.program ?? program,
    fields: { ...fields, ...reading.fields },
  }
}
