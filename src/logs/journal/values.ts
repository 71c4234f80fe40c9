// The values of a journal's data objects by their offset, as many as memory allows; the ones used longest ago go first.

const BYTES = 48 << 20

export class Values {
  readonly #values = new Map<number, Buffer>()
  #bytes = 0

  add(offset: number, value: Buffer): void {
    this.#values.set(offset, value)
    this.#bytes += value.length + 64
    while (this.#bytes > BYTES) {
      const [oldest] = this.#values
      if (oldest === undefined) return
      this.#values.delete(oldest[0])
      this.#bytes -= oldest[1].length + 64
    }
  }

  get(offset: number): Buffer | null {
    const value = this.#values.get(offset)
    if (value === undefined) return null
    this.#values.delete(offset)
    this.#values.set(offset, value)
    return value
  }
}
