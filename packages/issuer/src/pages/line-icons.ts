/** Icons beside words: 20 by 20, drawn by one line. Screen readers skip them. */
import { type Html, html } from './html.ts'

/** What an icon shows → its path. */
const paths = {
  app: 'M8.5 11.5l3-3M7.5 9l-2 2A2.5 2.5 0 0 0 9 14.5l2-2M12.5 11l2-2A2.5 2.5 0 0 0 11 5.5l-2 2',
  audit: 'M10 3l6 2v4.5c0 3.6-2.4 6.2-6 7.5-3.6-1.3-6-3.9-6-7.5V5zM7.5 10l2 2 3.5-3.8',
  clock: 'M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM10 6.5V10l2.5 1.5',
  cross: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  read: 'M2.5 10c1.8-3.3 4.3-5 7.5-5s5.7 1.7 7.5 5c-1.8 3.3-4.3 5-7.5 5s-5.7-1.7-7.5-5zM12.25 10a2.25 2.25 0 1 1-4.5 0 2.25 2.25 0 0 1 4.5 0z',
  share:
    'M9.5 7.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM2.5 16c.4-2.7 2.2-4 4.5-4s4.1 1.3 4.5 4M12.5 5.2a2.5 2.5 0 0 1 0 4.6M14 12.3c1.9.4 3.1 1.6 3.5 3.7',
  trash: 'M4 5.5h12M8 5.5v-2h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  write: 'M4 16l.8-3.2 8.7-8.7a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2l-8.7 8.7z',
} as const

/** Name of an icon. Each scope has one of its name. */
export type IconName = keyof typeof paths

/** An icon. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${paths[name]}"/></svg>`
}
