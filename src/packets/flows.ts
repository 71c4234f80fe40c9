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

const WORDS = 3

/** Open addressing on integers; flows in the order they began. */
export class Flows<T extends Flow> {
  readonly #limit: number
  #flows: T[] = []
  #keys = new Int32Array(WORDS * 1024)
  #slots = new Int32Array(1024)

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
    const mask = this.#slots.length - 1
    let slot = hash(low, high, ports) & mask
    for (;;) {
      const index = (this.#slots[slot] ?? 0) - 1
      if (index < 0) return undefined
      const key = slot * WORDS
      if (this.#keys[key] === low && this.#keys[key + 1] === high && this.#keys[key + 2] === ports)
        return this.#flows[index]
      slot = (slot + 1) & mask
    }
  }

  add(flow: T): void {
    this.#flows.push(flow)
    if (this.#flows.length * 2 > this.#slots.length) this.#rebuild(this.#slots.length * 2)
    else this.#place(flow, this.#flows.length)
  }

  /** Puts `next` where `flow`, with the same key, was. */
  replace(flow: T, next: T): void {
    const mask = this.#slots.length - 1
    let slot = hash(flow.low, flow.high, flow.ports) & mask
    while (this.#slots[slot] !== 0) {
      const index = (this.#slots[slot] ?? 0) - 1
      if (this.#flows[index] === flow) {
        this.#flows[index] = next
        return
      }
      slot = (slot + 1) & mask
    }
  }

  /** Takes out the quarter that ended or was silent longest. @returns them, in the order they began */
  evict(): T[] {
    const ages = Float64Array.from(this.#flows, rank).sort()
    const threshold = ages[ages.length >> 2] ?? 0
    const gone = this.#flows.filter((flow) => rank(flow) <= threshold)
    this.#flows = this.#flows.filter((flow) => rank(flow) > threshold)
    this.#rebuild(this.#slots.length)
    return gone
  }

  clear(): T[] {
    const gone = this.#flows
    this.#flows = []
    this.#rebuild(1024)
    return gone
  }

  #rebuild(size: number): void {
    this.#keys = new Int32Array(WORDS * size)
    this.#slots = new Int32Array(size)
    this.#flows.forEach((flow, index) => {
      this.#place(flow, index + 1)
    })
  }

  #place(flow: T, value: number): void {
    const mask = this.#slots.length - 1
    let slot = hash(flow.low, flow.high, flow.ports) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = value
    const key = slot * WORDS
    this.#keys[key] = flow.low
    this.#keys[key + 1] = flow.high
    this.#keys[key + 2] = flow.ports
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
