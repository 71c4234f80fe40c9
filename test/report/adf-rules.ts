// Data: what the JSON schema of the Atlassian Document Format allows in the nodes that Jira takes, and a check against it.
// Source: @atlaskit/adf-schema 57.7.22, json-schema/v1/full.json; the nodes are those listed for Jira at
// https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ (read in 2026).

interface Rule {
  /** Names of nodes that may stand inside; absent where there is no content. */
  readonly content?: readonly string[]
  readonly least?: number
  readonly needed?: readonly string[]
  readonly attrs?: Readonly<Record<string, (value: unknown) => boolean>>
}

const isText = (value: unknown) => typeof value === 'string'
const isSome = (value: unknown) => typeof value === 'string' && value.length > 0
const oneOf =
  (...names: unknown[]) =>
  (value: unknown) =>
    names.includes(value)

const INLINE = ['text', 'status', 'hardBreak', 'date', 'emoji', 'inlineCard', 'mention']
const LISTS = ['bulletList', 'orderedList']
const CELL = ['paragraph', 'panel', 'blockquote', ...LISTS, 'rule', 'heading', 'codeBlock', 'nestedExpand']
const BLOCKS = ['paragraph', 'panel', 'blockquote', ...LISTS, 'rule', 'heading', 'codeBlock', 'table']

const RULES: Readonly<Record<string, Rule>> = {
  doc: { content: [...BLOCKS, 'expand'] },
  paragraph: { content: INLINE },
  heading: { content: INLINE, needed: ['level'], attrs: { level: oneOf(1, 2, 3, 4, 5, 6) } },
  bulletList: { content: ['listItem'], least: 1 },
  orderedList: {
    content: ['listItem'],
    least: 1,
    attrs: { order: (value) => typeof value === 'number' && value >= 0 },
  },
  listItem: { content: ['paragraph', ...LISTS, 'codeBlock'], least: 1 },
  codeBlock: { content: ['text'], attrs: { language: isText, wrap: oneOf(true, false) } },
  panel: {
    content: ['paragraph', 'heading', ...LISTS, 'codeBlock', 'rule'],
    least: 1,
    needed: ['panelType'],
    attrs: { panelType: oneOf('info', 'note', 'tip', 'warning', 'error', 'success') },
  },
  blockquote: { content: ['paragraph', ...LISTS, 'codeBlock'], least: 1 },
  expand: { content: [...BLOCKS, 'nestedExpand'], least: 1, attrs: { title: isText } },
  table: { content: ['tableRow'], least: 1, attrs: { layout: isText, width: (value) => typeof value === 'number' } },
  tableRow: { content: ['tableCell', 'tableHeader'] },
  tableCell: { content: CELL, least: 1 },
  tableHeader: { content: CELL, least: 1 },
  status: {
    needed: ['text', 'color'],
    attrs: { text: isSome, color: oneOf('neutral', 'purple', 'blue', 'red', 'yellow', 'green') },
  },
  hardBreak: {},
  rule: {},
}

const MARKS: readonly string[] = ['strong', 'em', 'code', 'strike', 'underline', 'link', 'subsup', 'textColor']

/** What is wrong with a document, each with its path; nothing where the schema takes it. */
export function adfProblems(value: unknown): string[] {
  if (!isObject(value) || value.type !== 'doc' || value.version !== 1) return ['not a document of version 1']
  const { version: _, ...rest } = value
  return node(rest, 'doc')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function node(value: unknown, path: string): string[] {
  if (!isObject(value) || typeof value.type !== 'string') return [`${path}: no node`]
  if (value.type === 'text') return textNode(value, path)
  const rule = RULES[value.type]
  if (rule === undefined) return [`${path}: unknown node ${value.type}`]
  const known = rule.content === undefined ? ['type', 'attrs'] : ['type', 'attrs', 'content']
  const strange = Object.keys(value).filter((key) => !known.includes(key))
  return [
    ...strange.map((key) => `${path}: ${key} is not allowed`),
    ...attributes(value.attrs, rule, path),
    ...inside(value.content, value.type, rule, path),
  ]
}

function attributes(value: unknown, { attrs = {}, needed = [] }: Rule, path: string): string[] {
  if (value !== undefined && !isObject(value)) return [`${path}: attrs is no object`]
  const given = value ?? {}
  return [
    ...needed.filter((name) => given[name] === undefined).map((name) => `${path}: ${name} is missing`),
    ...Object.entries(given)
      .filter(([name, one]) => attrs[name]?.(one) !== true)
      .map(([name]) => `${path}: wrong attribute ${name}`),
  ]
}

function inside(value: unknown, type: string, { content = [], least = 0 }: Rule, path: string): string[] {
  if (value === undefined) return least > 0 || type === 'tableRow' ? [`${path}: no content`] : []
  if (!Array.isArray(value)) return [`${path}: content is no list`]
  if (value.length < least) return [`${path}: empty`]
  return value.flatMap((one: unknown, at) => {
    const here = `${path}/${type}[${at}]`
    const name = isObject(one) ? String(one.type) : ''
    const marked = type === 'codeBlock' && isObject(one) && one.marks !== undefined ? [`${here}: marks in code`] : []
    return content.includes(name) ? [...node(one, here), ...marked] : [`${here}: ${name} in ${type}`]
  })
}

function textNode(value: Record<string, unknown>, path: string): string[] {
  const marks = Array.isArray(value.marks)
    ? value.marks.map((mark: unknown) => (isObject(mark) ? mark.type : null))
    : []
  const problems: string[] = []
  if (!isSome(value.text)) problems.push(`${path}: empty text`)
  if (marks.some((mark) => typeof mark !== 'string' || !MARKS.includes(mark))) problems.push(`${path}: unknown mark`)
  if (marks.includes('code') && marks.some((mark) => mark !== 'code' && mark !== 'link'))
    problems.push(`${path}: code with another mark`)
  return problems
}
