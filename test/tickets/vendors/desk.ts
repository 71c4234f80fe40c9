// What every vendor here has in common: one ticket with comments and files, and the words it fails with.
import type { TestContext } from 'node:test'
import type { Choices } from '../../../src/tickets/index.ts'
import type { Vendor } from '../vendor.ts'

export interface DeskFile {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

/** A vendor as the tests of all vendors see it. */
export interface Desk {
  readonly vendor: Vendor
  readonly target: string
  readonly settings: Readonly<Record<string, string>>
  readonly choices: Choices
  /** Texts of comments that a person sees, the oldest first. */
  comments(): readonly string[]
  /** Files that a person can get from the ticket. */
  files(): readonly DeskFile[]
  /** Files that were uploaded and that nothing shows. */
  orphans(): readonly DeskFile[]
  /** Somebody deletes all files. */
  lose(): void
}

export interface DeskKind {
  readonly name: string
  /** Requests that change something: the upload and the comment, and what changes a comment that is there. */
  readonly upload: RegExp
  readonly comment: RegExp
  readonly change: RegExp
  /** A look that every run begins with. */
  readonly look: RegExp
  /** Whether a comment can be changed, or is followed by a new one. */
  readonly keeps: 'one comment' | 'all comments'
  /** What the vendor says when it does not take a type of file; null where it takes all. */
  readonly refusal: { readonly status: number; readonly body: unknown } | null
  open(context: TestContext): Promise<Desk>
}

export const SECRET = 'S3cr3t-of-the-tests-0123456789'
