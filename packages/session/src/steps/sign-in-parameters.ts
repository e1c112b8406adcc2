/** Parameters of `/session/login` that are passed on to the provider. A new one is a new row. */
import { AppError } from '@fieldnotes/core/error'
import { returnPathOf } from '../http/return-path.ts'
import type { PassedOn } from '../provider/oauth-provider.ts'

/** Name at `/session/login` → name at the provider, and the values that are accepted. */
const parameters: Readonly<Record<string, readonly [name: string, form: RegExp]>> = {
  provider: ['identity_provider', /^[A-Za-z][\w-]{0,31}$/],
  prompt: ['prompt', /^(?:login|none|consent|select_account)$/],
  max_age: ['max_age', /^\d{1,7}$/],
}

/** What a page requests of a sign-in. */
export interface Requested {
  readonly passedOn: PassedOn
  /** The longest time since the sign-in in seconds, which the callback compares. */
  readonly maxAge: number | undefined
  /** Whether the person has to sign in anew, even where the provider knows them. */
  readonly anew: boolean
  readonly returnPath: string
  /** The path that requests the same of a new sign-in. */
  readonly againPath: string
}

/**
 * Reads the parameters of a query; others are ignored. `anew` is for a browser that was signed out: the person signs in
 * anew, whatever `prompt` says.
 * @throws BAD_USER_INPUT, which names the parameter
 */
export function requestedOf(query: URLSearchParams, anew: boolean): Requested {
  const own = Object.fromEntries(Object.entries(parameters).flatMap(([name, [, form]]) => given(query, name, form)))
  const sent: Readonly<Record<string, string>> = { ...own, ...(anew && { prompt: 'login' }) }
  const [[, text] = []] = given(query, 'return', /^/)
  const returnPath = returnPathOf(text ?? null)
  const again = new URLSearchParams({ ...own, prompt: 'login', return: returnPath })
  return {
    passedOn: Object.fromEntries(Object.entries(sent).map(([name, value]) => [parameters[name]?.[0] ?? name, value])),
    maxAge: sent.max_age === undefined ? undefined : Number(sent.max_age),
    anew: sent.prompt === 'login',
    returnPath,
    againPath: `/session/login?${again}`,
  }
}

/** The parameter and its value; nothing where it is not given. */
function given(query: URLSearchParams, name: string, form: RegExp): readonly (readonly [string, string])[] {
  const values = query.getAll(name)
  if (values.length > 1) throw new AppError('BAD_USER_INPUT', `${name} twice`, { extensions: { path: name } })
  return values.map((value) => [name, checked(name, form, value)])
}

function checked(path: string, form: RegExp, value: string): string {
  if (form.test(value)) return value
  throw new AppError('BAD_USER_INPUT', `${path} of another form`, { extensions: { path } })
}
