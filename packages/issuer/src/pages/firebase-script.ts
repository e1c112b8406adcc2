/** The script of the page for people of Firebase. It talks to Identity Toolkit alone, and keeps nothing. */

/** Its text. Codes: https://cloud.google.com/identity-platform/docs/reference/rest/v1/accounts/signInWithPassword */
export const firebaseScript = `const form = document.querySelector('#sign-in')
const finish = document.querySelector('form[method=post]')
const [email, password, problem] = ['email', 'password', 'problem'].map((id) => document.querySelector('#' + id))
const button = form.querySelector('button')

const outage = 'Firebase is out of reach for now. It is not about you: try again in a minute.'
const mismatch = 'This e-mail and this password don\\u2019t belong together.'
const problems = {
  EMAIL_NOT_FOUND: mismatch,
  INVALID_EMAIL: 'This is not an e-mail address.',
  INVALID_LOGIN_CREDENTIALS: mismatch,
  INVALID_PASSWORD: mismatch,
  OPERATION_NOT_ALLOWED: 'People don\\u2019t sign in by password in this project.',
  PASSWORD_LOGIN_DISABLED: 'People don\\u2019t sign in by password in this project.',
  TOO_MANY_ATTEMPTS_TRY_LATER: 'Too many attempts. Try again in a minute.',
  USER_DISABLED: 'This account is switched off.',
}

async function signIn() {
  const response = await fetch(form.dataset.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: email.value, password: password.value, returnSecureToken: true }),
    credentials: 'omit',
    referrerPolicy: 'origin',
    signal: AbortSignal.timeout(15000),
  })
  return response.json()
}

function problemOf({ error, mfaPendingCredential }) {
  if (mfaPendingCredential) return 'This account has a second step, which this page can\\u2019t do.'
  const code = String(error?.message ?? '').split(' : ')[0]
  return Object.hasOwn(problems, code) ? problems[code] : outage
}

function show(text) {
  problem.textContent = text
  for (const field of [email, password]) field.setAttribute('aria-invalid', String(text !== '' && text !== outage))
}

let isBusy = false

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  if (isBusy) return
  isBusy = true
  show('')
  button.textContent = 'Signing in'
  const answer = await signIn().catch(() => ({}))
  isBusy = false
  button.textContent = 'Sign in'
  if (!answer.idToken) return show(problemOf(answer))
  password.value = ''
  finish.elements.id_token.value = answer.idToken
  finish.submit()
})

form.hidden = false
email.focus()
`
