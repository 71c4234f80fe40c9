// The nouns of the trade: what is brought to a ticket, and what a ticket system must be able to do.
import type { Wire } from './wire.ts'

/** How a system writes its comments. */
export type Flavour = 'adf' | 'jira-wiki' | 'markdown' | 'html' | 'text'

export interface Attachment {
  readonly name: string
  /** Media type: `text/html`. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** A report as it goes out: already redacted, in the flavour and within the size that the destination asked for. */
export interface Rendition {
  /** The same for the same bundle: what was brought before is found by it. Lower-case hex. */
  readonly runId: string
  readonly comment: string
  readonly attachments: readonly Attachment[]
}

export interface Outcome {
  readonly state: 'posted' | 'updated' | 'unchanged'
  /** Where a person finds it. */
  readonly url: string
  /** Names of the files that are there now. */
  readonly files: readonly string[]
  /** What a person should know: an old file that could not be removed. */
  readonly remarks: readonly string[]
}

/** One ticket, ready to be brought something. */
export interface Destination {
  /** For messages: `Jira issue KEY-1`. */
  readonly name: string
  readonly flavour: Flavour
  /** What a comment may take, in bytes after conversion; marker and links have their place beyond it. */
  readonly commentBytes: number
  /** Formats of the report that are attached when nothing else is said; null where files cannot be attached. */
  readonly formats: readonly string[] | null
  /** Pieces of text that must never be shown. */
  readonly secrets: readonly string[]
  deliver(rendition: Rendition, wire: Wire): Promise<Outcome>
}

/** An address or a credential: `JIRA_TOKEN`. */
export interface Setting {
  readonly name: string
  readonly kind: 'plain' | 'secret'
  readonly need: 'required' | 'optional'
}

export type Settings = Readonly<Record<string, string | undefined>>

export interface Choices {
  /** Who sees the comment, where a system tells the two apart. */
  readonly audience: 'internal' | 'customer'
  /** What becomes of files where a system takes none. */
  readonly overflow: 'leave' | 'gist'
}

export interface System {
  /** What stands before the colon of a target. */
  readonly scheme: string
  /** How a target is written: `jira:KEY-1`. */
  readonly form: string
  readonly settings: readonly Setting[]
  /** @throws FaultlineError `unknown-target`, `ticket-settings` */
  destination(reference: string, settings: Settings, choices: Choices): Destination
}

/** A file that a system holds. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  /** Null where the system does not say. */
  readonly size: number | null
  /** Where the comment must link it; null where the system shows its files by itself. */
  readonly link: string | null
}

/** A comment of an earlier run. */
export interface StoredComment {
  readonly id: string
  /** Of what it said, from its marker. */
  readonly digest: string
}

export interface Found {
  readonly comment: StoredComment | null
  readonly files: readonly StoredFile[]
}

/** A comment on its way. */
export interface Posting {
  readonly text: string
  readonly files: readonly StoredFile[]
  readonly runId: string
  readonly digest: string
}

/** One ticket as its system lets us work on it. */
export interface Ticket {
  /** Where a person finds it. */
  readonly page: string
  /** `comment`: a file is there only while a comment names it. */
  readonly filesLiveIn: 'ticket' | 'comment'
  /** Bytes; null where the system does not tell. */
  largestFile(): Promise<number | null>
  /** What earlier runs of this id left; files in order of age. */
  find(runId: string): Promise<Found>
  upload(file: Attachment, runId: string): Promise<StoredFile>
  /** Takes back an upload of this run. */
  discard(file: StoredFile): Promise<void>
  /** Takes away what an earlier run left; null where a system keeps it for good. */
  readonly retire: ((file: StoredFile) => Promise<void>) | null
  /** Gives the address of the comment; null where it has none of its own. */
  post(posting: Posting): Promise<string | null>
  /** Null where comments cannot be changed: then a new one takes the place of the old. */
  readonly edit: ((comment: StoredComment, posting: Posting) => Promise<string | null>) | null
}
