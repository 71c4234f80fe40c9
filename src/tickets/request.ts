// A request as it goes out, and what is known about it beyond its bytes.

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
  readonly carries: 'file' | 'words'
  /** What is done, for messages: `post the comment`. */
  readonly doing: string
  /** What a rehearsal takes for the answer. */
  readonly rehearsed: unknown
  /**
   * Looks whether a request whose answer was lost was carried out: what it would have answered, or null where it was not.
   * Absent: to send it twice comes to the same.
   */
  readonly arrived?: () => Promise<unknown>
}
