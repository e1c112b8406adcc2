/** Scopes as a person reads them. */
import { type ScopeName, scopes as words } from '@fieldnotes/core/scopes'
import { type Html, html } from './html.ts'
import { icon } from './line-icons.ts'

/** The words of a scope as the API names it, such as `notes:read`. */
export function scopeWords(scope: string): string {
  return words[nameOf(scope)]
}

function nameOf(scope: string): ScopeName {
  return scope.slice(scope.indexOf(':') + 1) as ScopeName
}

/** A line of a list for each scope. */
export function scopeLines(scopes: readonly string[]): readonly Html[] {
  return scopes.map((scope) => html`<li>${icon(nameOf(scope))}<span>${scopeWords(scope)}</span></li>`)
}
