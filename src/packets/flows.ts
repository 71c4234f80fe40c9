// The table of what is talking: flows found by two addresses and two ports, bounded in number.

/** What a table needs to know of a flow. The low end is the one with the smaller address, then port. */
export interface Flow {
  readonly low: number
  readonly high: number
  /** Port of the low end in the upper half, of the high end in the lower. */
  readonly ports: number
  /** Number of the last packet: the oldest flows go first. */
  lastPacket: number
  /** Ended in itself: may go before others. */
  readonly isOver: boolean
}

/** Two addresses, the ports, and the number of the flow plus one; 0 is a free place. One cache line holds four. */
const WORDS = 4
const FIRST_SIZE = 1024

/** Open addressing on integers; flows in the order they began. */
export class Flows<T extends Flow> {
  readonly #limit: number
  #flows: T[] = []
  #slots = new Int32Array(WORDS * FIRST_SIZE)
  #mask = FIRST_SIZE - 1

  /** @param limit flows held at a time; where it is reached a quarter of them goes */
  constructor(limit: number) {
    this.#limit = limit
  }

  get all(): readonly T[] {
    return this.#flows
  }

  get isFull(): boolean {
    return this.#flows.length >= this.#limit
  }

  find(low: number, high: number, ports: number): T | undefined {
    const slots = this.#slots
    const mask = this.#mask
    let place = hash(low, high, ports) & mask
    for (;;) {
      const at = place * WORDS
      const value = slots[at + 3] ?? 0
      if (value === 0) return undefined
      if (slots[at] === low && slots[at + 1] === high && slots[at + 2] === ports) return this.#flows[value - 1]
      place = (place + 1) & mask
    }
  }

  add(flow: T): void {
    this.#flows.push(flow)
    if (this.#flows.length * 2 > this.#mask) this.#rebuild((this.#mask + 1) * 2)
    else this.#place(flow, this.#flows.length)
  }

  /** Puts `next` where `flow`, with the same key, was. */
  replace(flow: T, next: T): void {
    let place = hash(flow.low, flow.high, flow.ports) & this.#mask
    for (;;) {
      const value = this.#slots[place * WORDS + 3] ?? 0
      if (value === 0) return
      if (this.#flows[value - 1] === flow) {
        this.#flows[value - 1] = next
        return
      }
      place = (place + 1) & this.#mask
    }
  }

  /** Takes out the flows that are `done`. @returns them, in the order they began */
  take(done: (flow: T) => boolean): T[] {
    const gone = this.#flows.filter(done)
    if (gone.length === 0) return gone
    this.#flows = this.#flows.filter((flow) => !done(flow))
    this.#rebuild(this.#mask + 1)
    return gone
  }

  /** Takes out the quarter that ended or was silent longest. @returns them, in the order they began */
  evict(): T[] {
    const ages = Float64Array.from(this.#flows, rank).sort()
    const threshold = ages[ages.length >> 2] ?? 0
    return this.take((flow) => rank(flow) <= threshold)
  }

  clear(): T[] {
    const gone = this.#flows
    this.#flows = []
    this.#rebuild(FIRST_SIZE)
    return gone
  }

  #rebuild(size: number): void {
    this.#slots = new Int32Array(WORDS * size)
    this.#mask = size - 1
    this.#flows.forEach((flow, index) => {
      this.#place(flow, index + 1)
    })
  }

  #place(flow: T, value: number): void {
    let place = hash(flow.low, flow.high, flow.ports) & this.#mask
    while (this.#slots[place * WORDS + 3] !== 0) place = (place + 1) & this.#mask
    const at = place * WORDS
    this.#slots[at] = flow.low
    this.#slots[at + 1] = flow.high
    this.#slots[at + 2] = flow.ports
    this.#slots[at + 3] = value
  }
}

/** Ended flows before open ones, then by silence. */
function rank(flow: Flow): number {
  return flow.isOver ? flow.lastPacket - Number.MAX_SAFE_INTEGER : flow.lastPacket
}

function hash(low: number, high: number, ports: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(ports, 0xc2b2ae35), 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) >>> 8
}
