// A vendor's interface as its documents give it: which requests it takes, and what its answers look like.
import { readdirSync, readFileSync } from 'node:fs'
import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'

/** A request as it came in. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
}

export interface Interface {
  /** `POST /gists`, `DELETE /gists/{gist_id}`: all that it has. */
  readonly operations: readonly string[]
  /** What the vendor would not take, each with the operation it was meant for; nothing where it fits. */
  requestProblems(asked: Asked): string[]
  /** Where a server of the tests answers what the vendor never would. */
  answerProblems(asked: Asked, reply: Reply): string[]
}

type Schema = Readonly<Record<string, unknown>>

const schema = z.record(z.string(), z.unknown())
const content = z.record(z.string(), z.strictObject({ schema }))
const parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema,
})
const operation = z.strictObject({
  operationId: z.string(),
  parameters: z.array(parameter).default([]),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(z.string(), z.strictObject({ description: z.string(), content: content.optional() })),
})
/** A slice of OpenAPI 3.1, with where it was taken from and when. */
const slice = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string() }),
  'x-written': z.iso.date(),
  'x-source': z.array(z.strictObject({ url: z.url({ protocol: /^https$/ }), of: z.string().optional() })).min(1),
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation)),
  components: z.strictObject({ schemas: schema }),
})

type Operation = z.infer<typeof operation>
type Parameter = z.infer<typeof parameter>

const FOLDER = new URL('interfaces/', import.meta.url)

export const INTERFACES: readonly string[] = readdirSync(FOLDER)
  .map((name) => name.replace('.json', ''))
  .sort()

const KNOWN = new Map<string, Interface>()

export function readInterface(name: string): Interface {
  const known = KNOWN.get(name) ?? compileInterface(name)
  KNOWN.set(name, known)
  return known
}

function compileInterface(name: string): Interface {
  const { paths, components } = slice.parse(JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')))
  const routes = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => routeOf(`${method.toUpperCase()} ${path}`, one, components)),
    )
    .sort((a, b) => a.braces - b.braces)
  const routeFor = (asked: Asked) => routes.find(({ pattern }) => pattern.test(`${asked.method} ${asked.path}`))
  return {
    operations: routes.map(({ name: operationName }) => operationName),
    requestProblems: (asked) => {
      const route = routeFor(asked)
      return route?.requestProblems(asked) ?? [`no such operation: ${asked.method} ${asked.path}`]
    },
    answerProblems: (asked, reply) => routeFor(asked)?.answerProblems(reply) ?? [],
  }
}

function routeOf(name: string, { parameters, requestBody, responses }: Operation, components: Schema) {
  const compile = (one: Schema, ajv: Ajv2020) => ajv.compile({ ...one, components })
  const parts = name.replace(/[.$]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  const pattern = new RegExp(`^${parts}$`)
  const places = (['path', 'query', 'header'] as const).map((place) => {
    const own = parameters.filter((one) => one.in === place)
    return { place, holds: compile(objectOf(own, place), TYPED) }
  })
  const compileEach = (shapes: z.infer<typeof content> = {}) => {
    return new Map(Object.entries(shapes).map(([type, one]) => [type, compile(one.schema, PLAIN)] as const))
  }
  const bodies = compileEach(requestBody?.content)
  const answers = new Map(Object.entries(responses).map(([status, one]) => [Number(status), compileEach(one.content)]))
  return {
    name,
    pattern,
    braces: name.split('{').length,
    requestProblems: (asked: Asked) => {
      const groups = pattern.exec(`${asked.method} ${asked.path}`)?.groups ?? {}
      const given = {
        path: Object.fromEntries(Object.entries(groups).map(([key, value]) => [key, decodeURIComponent(value)])),
        query: Object.fromEntries(asked.query),
        header: { ...asked.headers },
      }
      const wrong = places.flatMap(({ place, holds }) => problemsOf(holds, given[place], place))
      return [...wrong, ...bodyProblems(asked, bodies)].map((problem) => `${name}: ${problem}`)
    },
    answerProblems: ({ status, body }: Reply) => {
      const shapes = answers.get(status)
      if (shapes === undefined) return [`${name}: does not answer ${status}`]
      const holds = shapes.get('application/json')
      const wrong = holds === undefined ? [] : problemsOf(holds, body, `answer ${status}`)
      return wrong.map((problem) => `${name}: ${problem}`)
    },
  }
}

/** Parameters are texts that must read as their type. */
const TYPED = new Ajv2020({ allErrors: true, strict: false, coerceTypes: true, validateFormats: false })
const PLAIN = new Ajv2020({ allErrors: true, strict: false, validateFormats: false })

/** Unknown parameters are refused; unknown headers are none of the interface's business. */
function objectOf(parameters: readonly Parameter[], place: Parameter['in']): Schema {
  const nameOf = ({ name }: Parameter) => (place === 'header' ? name.toLowerCase() : name)
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map((one) => [nameOf(one), one.schema])),
    required: parameters.filter(({ required }) => required).map(nameOf),
    additionalProperties: place === 'header',
  }
}

function problemsOf(holds: ValidateFunction, value: unknown, where: string): string[] {
  if (holds(value)) return []
  return (holds.errors ?? []).map(({ instancePath, message, params }) => {
    return `${where}${instancePath} ${message} ${JSON.stringify(params)}`
  })
}

function bodyProblems({ body, headers }: Asked, bodies: ReadonlyMap<string, ValidateFunction>): string[] {
  const sent = headers['content-type'] ?? ''
  const [type = '', holds] = [...bodies].find(([one]) => one === '*/*' || sent.split(';')[0] === one) ?? []
  if (bodies.size === 0) return body.length > 0 ? ['a body where none belongs'] : []
  if (holds === undefined) return [`sent as ${sent || 'nothing'}, not as ${[...bodies.keys()].join(', ')}`]
  if (body.length === 0) return ['an empty body']
  if (type === '*/*') return []
  return problemsOf(holds, type === 'application/json' ? JSON.parse(body.toString()) : partsOf(sent, body), 'body')
}

/** The parts of a form by name, as RFC 7578 has them. */
function partsOf(type: string, body: Buffer): Record<string, string> {
  const boundary = /boundary=([\w-]+)$/.exec(type)?.[1] ?? '\r\n'
  const parts = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`).slice(1, -1)
  return Object.fromEntries(
    parts.map((part) => {
      const head = /^\r\nContent-Disposition: form-data; name="([^"]+)"/.exec(part)
      return [head?.[1] ?? 'a part without a name', part.slice(part.indexOf('\r\n\r\n') + 4)]
    }),
  )
}
