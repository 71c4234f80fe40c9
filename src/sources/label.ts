// Labels: what a source is called in reports. They are made from names and never turned back into paths.

/** Control characters in a name could break lines or steer a terminal. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

export function labelOf(path: string): string {
  return path.replace(CONTROL, '\ufffd')
}

/** Gives the members of one archive their labels; a name that comes again is numbered, so that labels stay unique. */
export function memberLabels(archive: string): (name: string) => string {
  const seen = new Map<string, number>()
  return (name) => {
    const label = `${archive}!${labelOf(name.replace(/^(?:\.\/+)+/, ''))}`
    const times = (seen.get(label) ?? 0) + 1
    seen.set(label, times)
    return times === 1 ? label : `${label}#${times}`
  }
}
