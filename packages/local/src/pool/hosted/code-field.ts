/** The field for six digits: of a mail, or of an authenticator app. */

import { type Html, html } from '@fieldnotes/issuer/html'
import { fieldOf } from '../../pages/form-fields.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { wordsFor } from './words.ts'

/** Where the digits come from. */
export type CodeSource = 'mail' | 'authenticator'

const mailbox = html`Mails of this machine are in the <a href="/mailbox" target="_blank" rel="noopener">mailbox</a>.`

const sources: Readonly<Record<CodeSource, { readonly label: string; readonly hint?: Html }>> = {
  mail: { label: 'The code', hint: mailbox },
  authenticator: { label: 'The code of your authenticator app' },
}

/** The field, with its fault where the code was refused. It has the focus, unless another field has a fault. */
export function codeField(source: CodeSource, refusal?: AccountRefusal): Html {
  const fault = wordsFor(refusal, 'code')
  return fieldOf({
    ...sources[source],
    name: 'code',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    code: true,
    charactersMax: 6,
    fault,
    focus: wordsFor(refusal, 'password') === undefined,
  })
}
