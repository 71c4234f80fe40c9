// Finds the name somebody may have meant.

/**
 * The nearest of the names: one that begins or ends as the word does, or differs in few letters. Null where none is
 * near.
 */
export function nearest(word: string, names: readonly string[]): string | null {
  const asked = word.toLowerCase()
  const ranked = names
    .map((name) => ({ name, distance: distance(asked, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)) || shares(asked, name))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return ranked[0]?.name ?? null
}

function shares(word: string, name: string): boolean {
  return word.length >= 3 && (name.startsWith(word) || name.endsWith(word))
}

/** Letters to insert, remove, replace or swap (Damerau and Levenshtein, swaps of neighbours only). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const edits = Math.min(at(row, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + same)
      row.push(swapped ? Math.min(edits, at(before, j - 2) + 1) : edits)
    }
    before = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
