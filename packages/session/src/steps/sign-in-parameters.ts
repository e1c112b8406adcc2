/** Parameters of `/session/login` that are passed on to the provider. A new one is a new row. */
import { AppError } from '@fieldnotes/core/error'
import type { PassedOn } from '../provider/oauth-provider.ts'

/** Name at `/session/login` → name at the provider, and the values that are accepted. */
const parameters: Readonly<Record<string, readonly [name: string, form: RegExp]>> = {
  provider: ['identity_provider', /^[A-Za-z][\w-]{0,31}$/],
  prompt: ['prompt', /^(?:login|none|consent|select_account)$/],
  max_age: ['max_age', /^\d{1,7}$/],
}

/** What is passed on, and the longest time since the sign-in in seconds, which the callback compares. */
export interface Requested {
  readonly passedOn: PassedOn
  readonly maxAge: number | undefined
}

/** Reads the parameters of a query; others are ignored. @throws BAD_USER_INPUT, which names the parameter */
export function passedOnOf(query: URLSearchParams): Requested {
  const passedOn = Object.fromEntries(
    Object.entries(parameters).flatMap(([own, [name, form]]) =>
      query.getAll(own).map((value) => [name, checked(own, form, value)] as const),
    ),
  )
  return { passedOn, maxAge: passedOn.max_age === undefined ? undefined : Number(passedOn.max_age) }
}

function checked(path: string, form: RegExp, value: string): string {
  if (form.test(value)) return value
  throw new AppError('BAD_USER_INPUT', `${path} of another form`, { extensions: { path } })
}
