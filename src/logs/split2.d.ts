// The part of split2 4 that is used here; the package ships no types.
declare module 'split2' {
  import type { Transform, TransformOptions } from 'node:stream'
  export default function split2(matcher: string | RegExp, options?: TransformOptions): Transform
}
