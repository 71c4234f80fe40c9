// Where a request of an HTTP archive went.

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443 }

/** Where it was asked. */
export interface Target {
  /** Without what may hold secrets: user, query, fragment. */
  readonly shown: string
  readonly host: string | null
  readonly port: number | null
  readonly path: string
  /** Not of the page's own making, as `data:` and `blob:` are. */
  readonly isRemote: boolean
}

export function targetOf(url: string): Target {
  const parsed = URL.parse(url)
  const port = parsed === null ? undefined : PORTS[parsed.protocol]
  if (parsed === null || port === undefined) {
    const shown = url.replace(/[?#,][\s\S]*$/, '').slice(0, 200)
    return { shown, host: null, port: null, path: shown, isRemote: false }
  }
  const { pathname, hostname } = parsed
  const from = url.indexOf('//') + 2
  const authority = url.slice(from).replace(/[/?#][\s\S]*$/, '')
  const shown = url
    .slice(0, from + authority.length + url.slice(from + authority.length).search(/[?#]|$/))
    .replace(/\/\/[^/@]*@/, '//')
  const host = hostname.replace(/^\[|\]$/g, '')
  return { shown, host, port: parsed.port === '' ? port : Number(parsed.port), path: pathname, isRemote: true }
}
