/** Fields, messages and buttons of the local pages. A screen reader announces a fault with its field. */
import { type Html, html } from '@fieldnotes/issuer/html'
import { icon } from './icons.ts'

/** One field of a form. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'password'
  readonly autocomplete?: string
  readonly inputmode?: 'email' | 'numeric'
  readonly value?: string | undefined
  readonly hint?: Html | undefined
  /** What is wrong with the value that was sent. The first field with a fault has the focus. */
  readonly fault?: string | undefined
  /** Beside the label, such as a link. */
  readonly beside?: Html
  readonly charactersMax?: number
  readonly optional?: boolean
  /** Six digits, set wide. */
  readonly code?: boolean
  readonly focus?: boolean
}

function descriptionIds({ name, hint, fault }: Field): string {
  return [fault && `${name}-fault`, hint && `${name}-hint`].filter(Boolean).join(' ')
}

function attributes(field: Field): Html {
  const { autocomplete, inputmode, value, fault, optional, focus, charactersMax } = field
  const described = descriptionIds(field)
  return html`${autocomplete && html` autocomplete="${autocomplete}"`}${inputmode && html` inputmode="${inputmode}"`}${
    value !== undefined && html` value="${value}"`
  }${described !== '' && html` aria-describedby="${described}"`}${fault && html` aria-invalid="true"`}${
    !optional && html` required`
  }${(focus || fault) && html` autofocus`}${charactersMax !== undefined && html` maxlength="${charactersMax}"`}`
}

/** A labelled input with its hint and its fault. */
export function fieldOf(field: Field): Html {
  const { name, label, type = 'text', hint, fault, beside, code } = field
  return html`<div class="field">
<div class="label-line"><label for="${name}">${label}</label>${beside}</div>
<input class="input${code && ' code'}" id="${name}" name="${name}" type="${type}"${attributes(field)}>
${fault && html`<p class="error" id="${name}-fault">${icon('fault')}<span>${fault}</span></p>`}
${hint && html`<div class="hint" id="${name}-hint">${hint}</div>`}
</div>`
}

/** A fault of the whole form. It is announced when the page opens. */
export function alertOf(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="alert" role="alert">${icon('fault')}<span>${text}</span></p>`
}

/** A message that is no fault. */
export function noticeOf(text: string | Html | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="notice" role="status"><span>${text}</span></p>`
}

/** A form that posts to `action`. */
export function formOf(action: string, fields: readonly Html[], button: string): Html {
  return html`<form method="post" action="${action}">
${fields}
<button class="button primary wide" type="submit">${button}</button>
</form>`
}
