// Where something lies in a source, as columns: a range of lines or a packet, with its bytes.
import type { Place } from '../../model/index.ts'
import { type Cell, number, numberOrNull, type Row } from '../record.ts'

export const PLACE_COLUMNS = ['line', 'line_end', 'packet', 'byte_offset', 'byte_length', 'digest'] as const

export function placeValues(place: Place): readonly Cell[] {
  const bytes = [place.offset, place.length, place.digest]
  return place.kind === 'line' ? [place.line, place.lineEnd, null, ...bytes] : [null, null, place.packet, ...bytes]
}

export function placeFrom(row: Row): Place {
  const bytes = {
    offset: number(row, 'byte_offset'),
    length: number(row, 'byte_length'),
    digest: number(row, 'digest'),
  }
  const packet = numberOrNull(row, 'packet')
  if (packet !== null) return { kind: 'packet', packet, ...bytes }
  return { kind: 'line', line: number(row, 'line'), lineEnd: number(row, 'line_end'), ...bytes }
}
