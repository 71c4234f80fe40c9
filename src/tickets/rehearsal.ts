// A wire that sends nothing: every request is shown as it would go out, with stars for secrets.
import type { Request } from './request.ts'
import { mask, type Wire } from './wire.ts'

export function createRehearsal(show: (text: string) => void, secrets: readonly string[]): Wire {
  return {
    async send(request) {
      show(mask(written(request), secrets))
      return request.rehearsed
    },
    save: (path, bytes) => show(`WRITE ${path}\n\n${Buffer.from(bytes).toString()}\n`),
  }
}

function written({ method, url, headers, body }: Request): string {
  const length = body === null ? [] : [`content-length: ${body.length}`]
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${url}`, ...lines, ...length].join('\n')
  return body === null ? `${head}\n` : `${head}\n\n${Buffer.from(body).toString()}\n`
}
