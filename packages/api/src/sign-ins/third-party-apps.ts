/** The apps of third parties that the caller has connected: a page of the list, one by its key, and ending one. */
import { AppError } from '@fieldnotes/core/error'
import type { ConnectedApp } from '@fieldnotes/table/connected-app-items'
import { endConnectedApp, listConnectedApps } from '@fieldnotes/table/connected-apps'
import { seconds } from '@fieldnotes/table/instants'
import { badInput } from '../errors/bad-input.ts'
import type { RevokeAppInput, RevokeAppPayload } from '../generated/types.ts'
import { isKeyOf } from '../notes/ids.ts'
import type { PageArguments } from '../notes/page-arguments.ts'
import type { Entry, Page } from '../notes/pages.ts'
import { instant, refusedSeconds } from './instant.ts'
import { pageOfList, positionAt } from './listed-pages.ts'
import type { SignInScope } from './sign-in-scope.ts'

export type App = ConnectedApp
export type AppEntry = Entry<App>
export type AppPage = Page<App>

function appsOf({ open, caller, clock }: SignInScope): Promise<readonly App[]> {
  return listConnectedApps(open(), caller.id, clock())
}

/** A page of the list, the app that was used last first. The list is short, and read whole. @throws BAD_USER_INPUT */
export async function pageOfApps(scope: SignInScope, args: PageArguments): Promise<AppPage> {
  const nodes = await appsOf(scope)
  const positionOf = ({ lastUsedAt, clientId }: App) => positionAt(lastUsedAt, clientId)
  return pageOfList(scope, { name: 'apps', nodes, positionOf }, args)
}

/** One app. @throws NOT_FOUND for one that is not connected, and for a key that no app has */
export async function appBy(scope: SignInScope, key: string): Promise<App> {
  return (await appsOf(scope)).find(({ clientId }) => clientId === key) ?? notConnected()
}

/**
 * Ends the app for the caller, with each of its grants, in one transaction.
 * @throws BAD_USER_INPUT for a text that is no client id; NOT_FOUND as `appBy`; LIMIT_EXCEEDED, UNAVAILABLE as
 * `endConnectedApp`
 */
export async function revokeApp(scope: SignInScope, { clientId }: RevokeAppInput): Promise<RevokeAppPayload> {
  if (!isKeyOf('ConnectedApp', clientId)) throw badInput('input.clientId', 'not a client id')
  const { open, caller, clock } = scope
  const now = clock()
  const ended = await endConnectedApp(open(), { personId: caller.id, clientId }, now)
  if (!ended) return notConnected()
  return { revokedClientId: clientId, refusedFrom: instant(seconds(now) + refusedSeconds) }
}

function notConnected(): never {
  throw new AppError('NOT_FOUND', 'no such app of the caller')
}
