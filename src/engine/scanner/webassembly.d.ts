// The little of WebAssembly that is used here; neither TypeScript's ECMAScript library nor Node's types declare it.
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number })
    readonly buffer: ArrayBuffer
  }
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } })
    readonly exports: { readonly [name: string]: unknown }
  }
  function validate(bytes: Uint8Array): boolean
}
