// How much room V8 gives objects that die young: enough that few are moved, not the 128 MB it grows to by itself.
import v8 from 'node:v8'

/** Both halves of the room. */
const ENOUGH = 4 * 2 ** 20
/** Bytes read between two looks at it. */
const STEP = 2 ** 20

/** To be called with the bytes read so far: keeps the room as it is once it is large enough. */
export function nurseryBound(): (bytes: number) => void {
  let next = 0
  return (bytes) => {
    if (bytes < next) return
    next = bytes + STEP
    const space = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
    if (space === undefined || space.space_size < ENOUGH) return
    next = Number.POSITIVE_INFINITY
    v8.setFlagsFromString('--semi-space-growth-factor=1')
  }
}
