/** The page on which a person of Firebase signs in. Its script sends the password to Google, and here the ID token. */
import { html } from './html.ts'
import type { Page } from './sheet.ts'

/** What is shown. */
export interface FirebaseContent {
  /** Where the script signs in. */
  readonly url: string
  readonly formToken: string
  /** Paths of the script and of the form that takes the ID token. */
  readonly paths: { readonly script: string; readonly form: string }
  /** Whether an app waits, to which a refusal leads. */
  readonly formLeaves: boolean
}

/** The page. The fields have no name, so that no form can send them here. */
export function firebasePage({ url, formToken, paths, formLeaves }: FirebaseContent): Page {
  const body = html`<p>Your password goes to Firebase, and never to this server.</p>
<noscript><p>This page needs JavaScript, which sends the password to Firebase.</p></noscript>
<form id="sign-in" data-url="${url}" hidden>
<div class="field">
<label for="email">E-mail</label>
<input id="email" type="email" autocomplete="username" inputmode="email" required aria-describedby="problem">
</div>
<div class="field">
<label for="password">Password</label>
<input id="password" type="password" autocomplete="current-password" required aria-describedby="problem">
</div>
<p id="problem" role="alert"></p>
<button class="primary" type="submit">Sign in</button>
</form>
<form method="post" action="${paths.form}">
<input type="hidden" name="token" value="${formToken}">
<input type="hidden" name="id_token" value="">
</form>`
  return {
    title: 'Sign in with Firebase',
    body,
    script: { path: paths.script, connect: new URL(url).origin },
    formLeaves,
  }
}
