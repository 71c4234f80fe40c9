// The order in which the files of a folder are read: by name, and rotated logs from the oldest to the one still written.

/** `x.log.3.gz`, `x.log-20250101`, `x.log.2025-01-01.1`: the log's name, then a date or a number, then a packing. */
const ROTATED =
  /^(?<log>.+?)(?:[._-](?<date>\d{4}-?\d{2}-?\d{2}(?:[-_T.]?\d{2,6})?|\d{9,13})(?:[._-](?<part>\d{1,4}))?|\.(?<age>\d{1,4}))?(?:\.(?:gz|bz2|xz|zst|zip|Z|lz4))?$/

interface Rank {
  readonly log: string
  /** Dated copies, then numbered ones, then the file itself. */
  readonly group: 0 | 1 | 2
  readonly order: number
  readonly part: number
}

function rankOf(path: string): Rank {
  const slash = path.lastIndexOf('/') + 1
  const found = ROTATED.exec(path.slice(slash))?.groups
  const log = path.slice(0, slash) + (found?.log ?? path.slice(slash))
  if (found?.date !== undefined) {
    return {
      log,
      group: 0,
      order: Number(found.date.replace(/\D/g, '').padEnd(14, '0')),
      part: Number(found.part ?? 0),
    }
  }
  if (found?.age !== undefined) return { log, group: 1, order: -Number(found.age), part: 0 }
  return { log, group: 2, order: 0, part: 0 }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Sorts by code unit, never by locale. */
export function inReadingOrder<T>(files: readonly T[], pathOf: (file: T) => string): T[] {
  const ranked = files.map((file) => ({ file, path: pathOf(file), rank: rankOf(pathOf(file)) }))
  ranked.sort(
    (a, b) =>
      compareText(a.rank.log, b.rank.log) ||
      a.rank.group - b.rank.group ||
      a.rank.order - b.rank.order ||
      a.rank.part - b.rank.part ||
      compareText(a.path, b.path),
  )
  return ranked.map(({ file }) => file)
}
