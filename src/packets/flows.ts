// The table of what is talking: flows found by two addresses and two ports, bounded in number.

/** What a table needs to know of a flow. The low end is the one with the smaller address, then port. */
export interface Flow {
  readonly low: number
  readonly high: number
  /** Port of the low end in the upper half, of the high end in the lower. */
  readonly ports: number
  /** In order of beginning. */
  readonly number: number
  /** Number of the last packet: the oldest flows go first. */
  readonly lastPacket: number
  /** Ended in itself: may go before others. */
  readonly isOver: boolean
}

/** Two addresses, the ports, and the number of the flow plus one; 0 is a free place. One cache line holds four. */
const WORDS = 4
const FIRST_SIZE = 1024

/** Open addressing on integers; every flow keeps its place as long as it is held. */
export class Flows<T extends Flow> {
  readonly #limit: number
  #flows: (T | undefined)[] = []
  /** Places that were given up. */
  #free: number[] = []
  #slots = new Int32Array(WORDS * FIRST_SIZE)
  #mask = FIRST_SIZE - 1

  /** @param limit flows held at a time; where it is reached a quarter of them goes */
  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#flows.length - this.#free.length
  }

  get isFull(): boolean {
    return this.size >= this.#limit
  }

  find(low: number, high: number, ports: number): T | undefined {
    const index = this.indexOf(low, high, ports)
    return index < 0 ? undefined : this.#flows[index]
  }

  /** @returns the place of a flow, -1 where there is none */
  indexOf(low: number, high: number, ports: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let place = hash(low, high, ports) & mask
    for (;;) {
      const at = place * WORDS
      const value = slots[at + 3] ?? 0
      if (value === 0) return -1
      if (slots[at] === low && slots[at + 1] === high && slots[at + 2] === ports) return value - 1
      place = (place + 1) & mask
    }
  }

  /** @throws where no flow has this place */
  at(index: number): T {
    const flow = this.#flows[index]
    if (flow === undefined) throw new Error(`no flow ${index}`)
    return flow
  }

  /** @returns its place */
  add(flow: T): number {
    const index = this.#free.pop() ?? this.#flows.length
    this.#flows[index] = flow
    if (this.#flows.length * 2 > this.#mask) this.#rebuild((this.#mask + 1) * 2)
    else this.#place(flow, index + 1)
    return index
  }

  /** Puts `next` where a flow with the same key was. @returns the place */
  replace(index: number, next: T): number {
    this.#flows[index] = next
    return index
  }

  /** Takes out the flows that are `done`. @returns them, in the order they began */
  take(done: (flow: T) => boolean): T[] {
    const gone: T[] = []
    for (let index = 0; index < this.#flows.length; index++) {
      const flow = this.#flows[index]
      if (flow === undefined || !done(flow)) continue
      gone.push(flow)
      this.#flows[index] = undefined
      this.#free.push(index)
    }
    if (gone.length > 0) this.#rebuild(this.#mask + 1)
    return gone.sort(inOrder)
  }

  /** Takes out the quarter that ended or was silent longest. @returns them, in the order they began */
  evict(): T[] {
    const ages = Float64Array.from(this.#held(), rank).sort()
    const threshold = ages[ages.length >> 2] ?? 0
    return this.take((flow) => rank(flow) <= threshold)
  }

  clear(): T[] {
    const gone = this.#held().sort(inOrder)
    this.#flows = []
    this.#free = []
    this.#rebuild(FIRST_SIZE)
    return gone
  }

  #held(): T[] {
    return this.#flows.filter((flow) => flow !== undefined)
  }

  #rebuild(size: number): void {
    this.#slots = new Int32Array(WORDS * size)
    this.#mask = size - 1
    for (let index = 0; index < this.#flows.length; index++) {
      const flow = this.#flows[index]
      if (flow !== undefined) this.#place(flow, index + 1)
    }
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

function inOrder(a: Flow, b: Flow): number {
  return a.number - b.number
}

/** Ended flows before open ones, then by silence. */
function rank(flow: Flow): number {
  return flow.isOver ? flow.lastPacket - Number.MAX_SAFE_INTEGER : flow.lastPacket
}

function hash(low: number, high: number, ports: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(ports, 0xc2b2ae35), 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) >>> 8
}
