/** Firebase's operations over HTTP, of Google's emulator and of the local sign-in. */

/** The project of both. */
export const projectId = 'demo-fieldnotes'

/** A response of an operation. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: its shape is that of the operation
  readonly body: any
}

/** Sends operations to one of the two. */
export interface Api {
  readonly call: (name: string, body: object) => Promise<Answer>
  readonly administer: (name: string, body: object) => Promise<Answer>
  readonly refresh: (form: Readonly<Record<string, string>>) => Promise<Answer>
  /** The last code that was sent to `email`. */
  readonly codeFor: (email: string) => Promise<string>
}

/** Sends a request, and reads the JSON of its response. */
export async function send(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.json() }
}

/** The operations of a sign-in at this address. */
export function apiAt(url: string): Api {
  const toolkit = `${url}/identitytoolkit.googleapis.com/v1`
  const post = (to: string, body: object, headers = {}) =>
    send(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    call: (name, body) => post(`${toolkit}/accounts:${name}?key=any`, body),
    administer: (name, body) =>
      post(`${toolkit}/projects/${projectId}/accounts${name}`, body, { authorization: 'Bearer owner' }),
    refresh: (form) =>
      send(`${url}/securetoken.googleapis.com/v1/token?key=any`, { method: 'POST', body: new URLSearchParams(form) }),
    async codeFor(email) {
      const { body } = await send(`${url}/emulator/v1/projects/${projectId}/oobCodes`)
      return body.oobCodes.findLast((code: { email: string }) => code.email === email)?.oobCode ?? ''
    },
  }
}

/** Tokens of a sign-in. */
export interface FirebaseTokens {
  readonly idToken: string
  readonly refreshToken: string
}

/** The person of most steps. */
export const dora = { email: 'dora@example.com', password: 'correct horse' }

/** The tokens of a sign-in with a password. */
export async function tokens({ call }: Api, credential: object = dora) {
  return (await call('signInWithPassword', credential)).body
}

/** The tokens that alice, bob or carol gets by a sign-in at the laptop's Firebase, as an app with its SDK has them. */
export function tokensOf(url: string, person: string): Promise<FirebaseTokens> {
  const credential = { email: `${person}@firebase.example`, password: `fieldnotes-${person}`, returnSecureToken: true }
  return tokens(apiAt(url), credential)
}

/** The status of a refresh, as an app with the SDK sends it. */
export async function refreshStatus(url: string, refresh_token: string): Promise<number> {
  return (await apiAt(url).refresh({ grant_type: 'refresh_token', refresh_token })).status
}
