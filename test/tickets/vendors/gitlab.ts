// GitLab, as far as `attach` speaks to it; interfaces/gitlab.json says what it takes.
import type { TestContext } from 'node:test'
import { fileOf, type Operation, startVendor } from '../vendor.ts'
import { type Desk, type DeskFile, type DeskKind, SECRET } from './desk.ts'

export const GITLAB: DeskKind = {
  name: 'GitLab',
  upload: /^POST .*\/uploads$/,
  comment: /^POST .*\/notes$/,
  change: /^PUT .*\/notes\//,
  look: /^GET .*\/notes$/,
  keeps: 'one comment',
  refusal: { status: 400, body: { message: 'file type is not allowed' } },
  open: openGitLab,
}

interface Note {
  readonly id: number
  body: string
}

interface Upload {
  readonly id: number
  readonly secret: string
  readonly file: DeskFile
}

async function openGitLab(context: TestContext): Promise<Desk> {
  const notes: Note[] = []
  const uploads: Upload[] = []
  const vendor = await startVendor(context, operations(notes, uploads), 'gitlab')
  const isLinked = ({ secret, file }: Upload) => {
    return notes.some(({ body }) => body.includes(`[${file.name}](/uploads/${secret}/${file.name})`))
  }
  return {
    vendor,
    target: 'gitlab:group/sub/project#7',
    settings: { GITLAB_URL: vendor.url, GITLAB_TOKEN: SECRET },
    choices: { audience: 'internal', overflow: 'leave' },
    comments: () => notes.map(({ body }) => body),
    files: () => uploads.filter(isLinked).map(({ file }) => file),
    orphans: () => uploads.filter((one) => !isLinked(one)).map(({ file }) => file),
    lose: () => void uploads.splice(0),
  }
}

function operations(notes: Note[], uploads: Upload[]): Operation[] {
  const headers = { 'private-token': new RegExp(`^${SECRET}$`) }
  const project = '/api/v4/projects/{project}'
  const remove = (is: (one: Upload) => boolean) => {
    const at = uploads.findIndex(is)
    if (at >= 0) uploads.splice(at, 1)
    return { status: at >= 0 ? 204 : 404 }
  }
  let last = 0
  return [
    {
      name: `GET ${project}/issues/{iid}/notes`,
      headers,
      answer: ({ query, parts: [name] }) => {
        if (name !== 'group/sub/project') return { status: 404, body: { message: '404 Project Not Found' } }
        const at = Number(query.get('page')) - 1
        return { status: 200, body: [...notes].reverse().slice(at * 100, (at + 1) * 100) }
      },
    },
    {
      name: `POST ${project}/issues/{iid}/notes`,
      headers,
      answer: ({ body }) => {
        notes.push({ id: ++last, body: JSON.parse(body.toString()).body })
        return { status: 201, body: { id: last } }
      },
    },
    {
      name: `PUT ${project}/issues/{iid}/notes/{id}`,
      headers,
      answer: ({ body, parts }) => {
        const note = notes.find(({ id }) => String(id) === parts[2])
        if (note === undefined) return { status: 404, body: {} }
        note.body = JSON.parse(body.toString()).body
        return { status: 200, body: note }
      },
    },
    {
      name: `GET ${project}/uploads`,
      headers,
      answer: () => ({
        status: 200,
        body: uploads.map(({ id, file }) => ({ id, size: file.bytes.length, filename: file.name })).reverse(),
      }),
    },
    {
      name: `POST ${project}/uploads`,
      headers,
      answer: (seen) => {
        const file = fileOf(seen, 'file')
        if (typeof file === 'string') return { status: 400, body: { error: 'file is missing' } }
        const secret = (++last).toString(16).padStart(32, '6')
        uploads.push({ id: last, secret, file })
        const url = `/uploads/${secret}/${file.name}`
        return { status: 201, body: { id: last, alt: file.name, url, markdown: `[${file.name}](${url})` } }
      },
    },
    {
      name: `DELETE ${project}/uploads/{id}`,
      headers,
      answer: ({ parts: [, id] }) => remove((one) => String(one.id) === id),
    },
    {
      name: `DELETE ${project}/uploads/{secret}/{filename}`,
      headers,
      answer: ({ parts: [, secret, name] }) => remove((one) => one.secret === secret && one.file.name === name),
    },
  ]
}
