// Connections nobody answered, and whether that means anything: where one direction was not captured, it does not.
import type { Instant } from '../../model/index.ts'
import { isUnanswered, type Scene, stateUnanswered } from './facts.ts'
import type { Side } from './side.ts'
import { WITH_RESET } from './side-bits.ts'

/** So many wait for the end of the capture; more are stated at once. */
const LIMIT = 4096
/** Connections below which a share says nothing. */
const LEAST = 3
const ONE_SIDED = 0.8

interface Silent {
  readonly scene: Scene
  readonly until: Instant
}

export class Silence {
  #waiting: Silent[] = []
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
    if (!isUnanswered(scene.connection, until)) return
    if (this.#waiting.length < LIMIT) this.#waiting.push({ scene, until })
    else stateUnanswered(scene, until)
  }

  /** The capture is over: what was silent is silent, unless nothing of that direction was captured. */
  conclude(): void {
    for (const { scene, until } of this.isOneSided ? [] : this.#waiting) {
      stateUnanswered(scene, until)
    }
    this.#waiting = []
  }
}

/** More than SYNs and stray resets: what only an answered side sends. */
function isSpeaking(side: Side): boolean {
  return side.bytes > 0 || (side.lastAck !== 0 && !side.has(WITH_RESET))
}
