// All vendors, each a server that takes what its documents say.
import type { DeskKind } from './desk.ts'
import { GITHUB } from './github.ts'
import { GITLAB } from './gitlab.ts'
import { JIRAS } from './jira.ts'
import { SERVICENOW } from './servicenow.ts'
import { ZENDESK } from './zendesk.ts'

export { type Desk, type DeskKind, SECRET } from './desk.ts'

export const VENDORS: readonly DeskKind[] = [...JIRAS, ZENDESK, GITHUB, GITLAB, SERVICENOW]
