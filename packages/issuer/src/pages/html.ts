/** HTML by template literals. Each value is escaped, unless it is HTML itself. */

const markup = Symbol('markup')

/** A piece of HTML. Only `html` makes one, so that no input can pass as one. */
export interface Html {
  readonly [markup]: string
}

type Value = string | number | undefined | false | Html | readonly Html[]

/** Characters that would end a text or an attribute. */
const special = /[&<>"'`]/g

function escaped(text: string): string {
  return text.replace(special, (mark) => `&#${mark.charCodeAt(0)};`)
}

function textOf(value: Value): string {
  if (value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(textOf).join('')
  return typeof value === 'object' ? markupOf(value as Html) : escaped(String(value))
}

/** HTML of a template. `undefined` and `false` are left out; lists of HTML are joined. */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = texts.map((text, index) => text + textOf(values[index]))
  return { [markup]: parts.join('') }
}

/** The text of a piece of HTML, for a response. */
export function markupOf(piece: Html): string {
  return piece[markup]
}
