// One HTML file that asks for nothing else: readable without script, on paper, in the dark and on a phone.
import type { Renderer } from '../model/index.ts'
import { buildDocument } from './build.ts'
import { fit } from './fit.ts'
import { page } from './html/page.ts'

/** What ticket systems and mails still take kindly. */
const LARGEST = 2_000_000

export const html: Renderer = {
  format: 'html',
  suffix: 'html',
  render: (report, { maxBytes }) => fit(buildDocument(report), Math.min(maxBytes ?? LARGEST, LARGEST), page),
}
