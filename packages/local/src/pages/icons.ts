/** Icons: 20 × 20, drawn in the colour of the text. Each is beside a word, so that a screen reader skips it. */
import { type Html, html } from '@fieldnotes/issuer/html'

const paths = {
  brand: html`<path d="M4.5 2.5h11v15h-11zM7.5 6.5h5M7.5 13.5h5"/><path d="M7.5 10h5" stroke-dasharray="1.5 2"/>`,
  google: html`<path d="M16.5 10.2H10.3M16.5 10.2a6.5 6.5 0 1 1-2-4.8"/>`,
  fault: html`<path d="M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM10 9.5V13M10 7h0"/>`,
  yes: html`<path d="M4.5 10.5 8 14l7.5-8"/>`,
  no: html`<path d="M5.5 5.5l9 9M14.5 5.5l-9 9"/>`,
  mail: html`<path d="M3 5h14v10H3zM3 5.5l7 5.5 7-5.5"/>`,
} as const

/** Name of an icon. */
export type IconName = keyof typeof paths

/** An icon; `small` is for the lines of a list. */
export function icon(name: IconName, size: '' | 'small' = ''): Html {
  return html`<svg class="icon ${size}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${paths[name]}</svg>`
}
