// The page around the document: head, policy, navigation, verdict, sections, foot.
import { hash } from 'node:crypto'
import { type Document, type Headline, plain, type Section } from '../document.ts'
import { inline, section, slug } from './blocks.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { html, type Markup, textOf, trusted } from './template.ts'

/** Nothing may be loaded; only this style and this script may run. */
function policy(style: string): string {
  const source = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`
  return [
    "default-src 'none'",
    `style-src ${source(style)}`,
    `script-src ${source(SCRIPT)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The whole document as one self-contained page. */
export function page(document: Document): string {
  const meta = html`<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${trusted(policy(STYLE))}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><meta name="generator" content="faultline">`
  const head = html`<head>${meta}<title>${title(document)}</title><link rel="icon" href="data:,"><style>${trusted(STYLE)}</style></head>`
  const sections = document.sections.map((part) => section(part, 2))
  const body = html`<body><a class="skip" href="#main">Skip to the report</a>${masthead(document)}<div class="layout">${contents(document.sections)}<main id="main" tabindex="-1">${sections}</main></div>${foot()}<script>${trusted(SCRIPT)}</script></body>`
  return textOf(html`<!doctype html>\n<html lang="en">${head}\n${body}</html>\n`)
}

function title(document: Document): string {
  return `${plain(document.verdict)} – ${document.title}`.slice(0, 160)
}

function masthead({ title: name, subtitle, tone, verdict, headlines }: Document): Markup {
  const crack = html`<svg class="logo" aria-hidden="true" viewBox="0 0 24 24" width="24" height="24"><path d="M2 12h6l2.5-6 3 12 2.5-6h6"/></svg>`
  return html`<header class="masthead ${tone}"><div class="inner"><p class="brand">${crack}<span>faultline</span><span class="kind">${name}</span><code>${subtitle}</code></p>${headline(plain(verdict))}<dl class="tiles">${headlines.map(tile)}</dl></div></header>`
}

/** What broke, large; how sure, since when and what followed beneath it. */
function headline(verdict: string): Markup {
  const [, what, cause, rest] = /^(.+?) \(([a-z][\w.-]*), (\d+ % sure\).*)$/s.exec(verdict) ?? []
  if (what === undefined || cause === undefined || rest === undefined) return html`<h1>${inline([verdict])}</h1>`
  const said = rest.replace(')', '')
  return html`<h1>${inline([what])}</h1><p class="lead"><code>${cause}</code>, ${inline([said])}</p>`
}

function tile({ label, value, note, tone }: Headline): Markup {
  return html`<div class="tile ${tone}"><dt>${label}</dt><dd><span class="value">${breakable(value)}</span><span class="note">${note}</span></dd></div>`
}

/** A long name may break after its dots. */
function breakable(name: string): Markup[] {
  return name.split(/(?<=\.)(?=[a-z])/).map((part, at) => (at === 0 ? html`${part}` : html`<wbr>${part}`))
}

function contents(sections: readonly Section[]): Markup {
  const items = sections.map(({ id, title: name }) => html`<li><a href="#${slug(id)}">${plain(name)}</a></li>`)
  return html`<nav class="contents" aria-label="Sections of the report"><ol>${items}</ol></nav>`
}

function foot(): Markup {
  return html`<footer><p>Made by faultline, offline. Times are UTC unless another zone is named. Every quotation can be checked against the bundle with <code>faultline verify</code>.</p></footer>`
}
