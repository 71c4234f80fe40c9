// A check of JSON against the slice of JSON Schema that the vendors' documents are written down in here.

export interface Shape {
  readonly type: 'object' | 'array' | 'string' | 'boolean' | 'number'
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  /** Other keys than those of `properties` are taken. */
  readonly open?: true
  readonly items?: Shape
  readonly longest?: number
}

/** What is wrong, each with its path; nothing where it fits. */
export function shapeProblems(value: unknown, shape: Shape, path = 'body'): string[] {
  const type = Array.isArray(value) ? 'array' : typeof value
  if (type !== shape.type || value === null) return [`${path}: ${value === null ? 'null' : type}, not ${shape.type}`]
  if (typeof value === 'string')
    return value.length > (shape.longest ?? Number.POSITIVE_INFINITY) ? [`${path}: too long`] : []
  if (Array.isArray(value))
    return value.flatMap((one: unknown, at) => (shape.items ? shapeProblems(one, shape.items, `${path}[${at}]`) : []))
  if (typeof value !== 'object') return []
  const { properties = {}, required = [], open } = shape
  const entries = Object.entries(value ?? {})
  const names = entries.map(([name]) => name)
  return [
    ...required.filter((name) => !names.includes(name)).map((name) => `${path}.${name}: missing`),
    ...names.filter((name) => open !== true && !(name in properties)).map((name) => `${path}.${name}: unknown`),
    ...entries.flatMap(([name, one]) =>
      properties[name] ? shapeProblems(one, properties[name], `${path}.${name}`) : [],
    ),
  ]
}
