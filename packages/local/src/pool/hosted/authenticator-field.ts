/** The field for the code of an authenticator app. */
import { fieldOf } from '../../pages/form-fields.ts'
import type { Html } from '../../pages/html.ts'
import type { AccountRefusal } from '../people/account-refusal.ts'
import { wordsFor } from './words.ts'

/** The field, with its fault where the code was refused. */
export function authenticatorField(refusal?: AccountRefusal): Html {
  return fieldOf({
    name: 'code',
    label: 'The code of your authenticator app',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    code: true,
    charactersMax: 6,
    fault: wordsFor(refusal, 'code'),
    focus: true,
  })
}
