/** The page on which a person chooses where to sign in. It has links alone: no password is typed here. */
import { html } from './html.ts'
import type { Page } from './sheet.ts'

/** What is shown. */
export interface ChoiceContent {
  /** Name of the app that waits; undefined where the person came by themselves. */
  readonly app?: string
  /** Whether the provider has signed the person in with a sign-in that was ended here. */
  readonly hasEnded: boolean
  /** Where each provider signs in. */
  readonly urls: { readonly Cognito: string; readonly Firebase: string | undefined }
}

/** The page. */
export function choicePage({ app, hasEnded, urls: { Cognito, Firebase } }: ChoiceContent): Page {
  const first =
    app === undefined ? 'To see your connected apps, sign in.' : html`First sign in, to answer <b>${app}</b>.`
  const body = html`${hasEnded && html`<p>Your earlier sign-in has ended: sign in once more.</p>`}
<p>${first} Your password stays where your account is: this page never sees it.</p>
<ul class="ways">
<li><a class="button" href="${Cognito}">Sign in with Fieldnotes</a></li>
${Firebase !== undefined && html`<li><a class="button" href="${Firebase}">Sign in with Firebase</a></li>`}
</ul>
<p>Use the one that you use in the app.</p>`
  return { title: 'How do you sign in?', body }
}
