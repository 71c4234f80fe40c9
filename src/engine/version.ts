// Versions: how two of them compare, part by part, as semantic versioning orders the numbers.

/** Negative, zero or positive; null where a text holds no version. A missing part counts as zero, a pre-release as lower. */
export function compareVersions(left: string, right: string): number | null {
  const [a, b] = [parts(left), parts(right)]
  if (a === null || b === null) return null
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(b.preRelease) - Number(a.preRelease)
}

function parts(text: string): { numbers: number[]; preRelease: boolean } | null {
  const found = /(\d+(?:\.\d+)*)(-[0-9A-Za-z.]+)?/.exec(text)
  if (found?.[1] === undefined) return null
  return { numbers: found[1].split('.').map(Number), preRelease: found[2] !== undefined && /[a-z]/i.test(found[2]) }
}
