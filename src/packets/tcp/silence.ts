// Connections nobody answered, and whether that means anything: where one direction was not captured, it does not.
import type { Instant } from '../../model/index.ts'
import { type Scene, stateUnanswered, type Unanswered, unansweredOf } from './facts.ts'
import type { Side } from './side.ts'
import { WITH_RESET } from './side-bits.ts'

/** So many wait for the end of the capture; more are stated at once. */
const LIMIT = 4096
/** Connections below which a share says nothing. */
const LEAST = 3
const ONE_SIDED = 0.8

export class Silence {
  #waiting: Unanswered[] = []
  #oneSided = 0
  #twoSided = 0

  /** Most connections that show more than SYNs show one direction only. */
  get isOneSided(): boolean {
    const all = this.#oneSided + this.#twoSided
    return all >= LEAST && this.#oneSided > all * ONE_SIDED
  }

  /** A connection that ended. */
  take(scene: Scene, until: Instant): void {
    const { orig, resp } = scene.connection
    if (orig.packets > 0 && resp.packets > 0) this.#twoSided++
    else if (isSpeaking(orig) || isSpeaking(resp)) this.#oneSided++
    const silent = unansweredOf(scene, until)
    if (silent === null) return
    if (this.#waiting.length < LIMIT) this.#waiting.push(silent)
    else stateUnanswered(silent)
  }

  /** The capture is over: what was silent is silent, unless nothing of that direction was captured. */
  conclude(): void {
    for (const silent of this.isOneSided ? [] : this.#waiting) stateUnanswered(silent)
    this.#waiting = []
  }
}

/** More than SYNs and stray resets: what only an answered side sends. */
function isSpeaking(side: Side): boolean {
  return side.bytes > 0 || (side.lastAck !== 0 && !side.has(WITH_RESET))
}
