// Rows as SQLite gives them, checked column by column: a store is a file that anybody may have changed.

import type { Database } from 'better-sqlite3'
import { FaultlineError, type Fields, type FieldValue } from '../model/index.ts'

/** A value as this store writes it. */
export type Cell = string | number | null

export type Row = Readonly<Record<string, unknown>>

export function allRows(db: Database, sql: string, ...parameters: readonly (Cell | Row)[]): Row[] {
  return db
    .prepare(sql)
    .all(...parameters)
    .filter(isRow)
}

export function firstRow(db: Database, sql: string, ...parameters: readonly Cell[]): Row | null {
  const row = db.prepare(sql).get(...parameters)
  return isRow(row) ? row : null
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null
}

export function text(row: Row, column: string): string {
  return textOrNull(row, column) ?? refuse(row, column, 'text')
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column]
  if (value === null || typeof value === 'string') return value
  return refuse(row, column, 'text')
}

export function number(row: Row, column: string): number {
  return numberOrNull(row, column) ?? refuse(row, column, 'a number')
}

export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column]
  if (value === null || typeof value === 'number') return value
  return refuse(row, column, 'a number')
}

export function oneOf<T extends string>(row: Row, column: string, allowed: readonly T[]): T {
  return oneOfOrNull(row, column, allowed) ?? refuse(row, column, `one of ${allowed.join(', ')}`)
}

export function oneOfOrNull<T extends string>(row: Row, column: string, allowed: readonly T[]): T | null {
  const value = textOrNull(row, column)
  if (value === null) return null
  return allowed.find((one) => one === value) ?? refuse(row, column, `one of ${allowed.join(', ')}`)
}

/** A column of JSON that holds a list of texts. */
export function texts(row: Row, column: string): string[] {
  const value = json(row, column)
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  return refuse(row, column, 'a list of texts')
}

/** A column of JSON that holds the fields of an event or the key of a finding. */
export function fields(row: Row, column: string): Fields {
  const value = json(row, column)
  return isFields(value) ? value : refuse(row, column, 'an object of fields')
}

function isFields(value: unknown): value is Fields {
  return isRow(value) && !Array.isArray(value) && Object.values(value).every(isFieldValue)
}

function isFieldValue(value: unknown): value is FieldValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function json(row: Row, column: string): unknown {
  try {
    return JSON.parse(text(row, column))
  } catch (cause) {
    throw new FaultlineError('bad-store', `Column ${column} of the store holds no JSON.`, { cause })
  }
}

function refuse(row: Row, column: string, wanted: string): never {
  const found = column in row ? `${typeof row[column]}` : 'nothing'
  throw new FaultlineError('bad-store', `Column ${column} of the store should hold ${wanted} and holds ${found}.`, {
    hint: 'Analyse the bundle again into a new store.',
  })
}
