// What the engine offers: from rules and events to a conclusion.
export { type ConclusionInput, Engine, type EngineConclusion, type SourceClock } from './engine.ts'
export { asHeard, heardIn } from './heard.ts'
export { Look } from './look.ts'
export { bucketWidth, minutesOf } from './minutes.ts'
export { compileTest } from './question.ts'
export { createScanner } from './scanner/index.ts'
export type { SourceView } from './watch.ts'
