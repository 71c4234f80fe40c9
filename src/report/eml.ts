// The report as a mail that is ready to be sent: text and page side by side, the full page attached.
import type { Renderer, Report } from '../model/index.ts'
import { buildDocument } from './build.ts'
import { plain } from './document.ts'
import { fit } from './fit.ts'
import { letter } from './html/letter.ts'
import { html } from './html.ts'
import { writeMessage } from './mime.ts'
import { text } from './text.ts'
import { visibleLine } from './visible.ts'

/** Columns of mail text (RFC 5322 section 2.1.1 recommends 78). */
const WIDTH = 78
/** Share of the limit that the attached page may take; text and letter share the rest. */
const PAGE_SHARE = 0.5

export const eml: Renderer = { format: 'eml', suffix: 'eml', render: (report, { maxBytes }) => write(report, maxBytes) }

function write(report: Report, maxBytes: number | null): string {
  const within = (share: number) => (maxBytes === null ? null : Math.floor((maxBytes * share) / ENCODED))
  const page = html.render(report, { maxBytes: within(PAGE_SHARE), width: WIDTH, color: 'never' })
  const body = text.render(report, { maxBytes: within(0.2), width: WIDTH, color: 'never' })
  const document = buildDocument(report)
  return writeMessage({
    from: '"faultline" <noreply@faultline.invalid>',
    subject: visibleLine(plain(document.verdict)).slice(0, 150),
    alternatives: [
      { type: 'text/plain', filename: null, text: body },
      { type: 'text/html', filename: null, text: fit(document, within(0.2), letter) },
    ],
    attachments: [{ type: 'text/html', filename: 'faultline-report.html', text: page }],
  })
}

/** How much longer a text grows in a mail, at worst for mostly Latin text. */
const ENCODED = 1.25
