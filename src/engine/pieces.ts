// Which sources are pieces of one: files in which a program or a capture went on, as rotation leaves them.
import type { SourceView } from './watch.ts'

/** @returns for each of these sources the first piece of what it belongs to; a source alone is its own */
export function piecesOf(ranks: Iterable<number>, sources: readonly SourceView[]): ReadonlyMap<number, number> {
  const order = [...ranks].sort((a, b) => begin(sources[a]) - begin(sources[b]) || a - b)
  const latest = new Map<string, { readonly first: number; end: number }[]>()
  return new Map(
    order.map((rank) => {
      const source = sources[rank]
      if (source === undefined) return [rank, rank]
      const chains = latest.get(nameOf(source)) ?? []
      latest.set(nameOf(source), chains)
      const chain = chains.find(({ end }) => end <= begin(source))
      if (chain === undefined) chains.push({ first: rank, end: end(source) })
      else chain.end = end(source)
      return [rank, chain?.first ?? rank]
    }),
  )
}

function begin(source: SourceView | undefined): number {
  return source?.first ?? Number.NEGATIVE_INFINITY
}

/** What says no time ends never: nothing goes on from it. */
function end(source: SourceView): number {
  return source.last ?? Number.POSITIVE_INFINITY
}

/** `net.pcap3`, `ring_00003_20250301.pcap`, `app.log.2.gz`: the numbers tell the pieces apart, and how they are packed. */
function nameOf({ path, reader }: SourceView): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1
  const name = path
    .slice(at)
    .replace(/\.(?:gz|xz|zst|bz2)$/, '')
    .replace(/[-_.]?\d+/g, '')
  return `${reader} ${path.slice(0, at)}${name}`
}
