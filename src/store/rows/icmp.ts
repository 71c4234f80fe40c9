// ICMP messages as rows of the table `icmp`.
import type { IcmpRow } from '../../model/index.ts'
import { instant, type RowTable } from './row-table.ts'

export const ICMP: RowTable<IcmpRow> = {
  name: 'icmp',
  columns: ['src', 'dst', 'type', 'code', 'count', 'first_time', 'first_time_unix_us'],
  values: (row) => [row.src, row.dst, row.type, row.code, row.count, ...instant(row.first)],
}
