// E-mail: nothing is sent; a message is kept as a file that a mail program opens as a draft.
import { readFileSync } from 'node:fs'
import { unknownTarget } from '../address.ts'
import type { System } from '../ticket.ts'

export const eml: System = {
  scheme: 'eml',
  form: 'eml:FILE',
  settings: [],
  destination(path) {
    if (path === '') throw unknownTarget('eml:', [eml.form])
    return {
      name: `mail ${path}`,
      flavour: 'text',
      commentBytes: 60_000,
      formats: ['eml'],
      secrets: [],
      async deliver({ attachments: [message] }, wire) {
        if (message === undefined) throw unknownTarget('eml: without a message', [eml.form])
        const before = contentOf(path)
        const files = [path]
        if (before?.equals(message.bytes) === true) return { state: 'unchanged', url: path, files, remarks: [] }
        wire.save(path, message.bytes)
        return { state: before === null ? 'posted' : 'updated', url: path, files, remarks: [] }
      },
    }
  },
}

/** Null where there is nothing that can be read. */
function contentOf(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
