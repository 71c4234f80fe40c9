// The little of WebAssembly that is used here; neither TypeScript's ECMAScript library nor Node's types declare it.
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number })
    readonly buffer: ArrayBuffer
  }
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } })
    readonly exports: Readonly<Partial<Record<string, (...numbers: number[]) => number>>>
  }
  function validate(bytes: Uint8Array): boolean
}
