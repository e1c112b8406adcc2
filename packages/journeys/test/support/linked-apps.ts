/** One app of a third party for each profile and each way to prove itself. */
import { type App, type AppRequests, addApp, appAt, exampleApp } from './linked-app.ts'
import type { OwnIssuer } from './own-issuer.ts'

/** `open` is public; `kept` is confidential; `strict` is of Alexa with PKCE. */
export const appNames = ['assistant', 'skill', 'open', 'kept', 'strict'] as const

/** Name of an app. */
export type AppName = (typeof appNames)[number]

const vendor = { profile: 'alexa', redirectUris: ['https://layla.amazon.com/api/skill/link/M2A'] } as const

/** The apps at an issuer, once `add` has stored those that the laptop does not have. */
export function linkedApps(issuer: () => OwnIssuer) {
  const apps = new Map<AppName, App>()

  function appOf(name: AppName): App {
    const app = apps.get(name)
    if (!app) throw new Error(`the app ${name} is not stored`)
    return app
  }

  const requests = appNames.map((name) => [name, appAt(issuer, () => appOf(name))] as const)
  const byName = Object.fromEntries(requests) as Readonly<Record<AppName, AppRequests>>

  return {
    appOf,
    /** Its requests. */
    app: (name: AppName) => byName[name],
    add: async () => {
      for (const name of ['assistant', 'skill'] as const) apps.set(name, exampleApp(issuer(), name))
      apps.set('open', await addApp(issuer(), 'open'))
      apps.set('kept', await addApp(issuer(), 'kept', { auth: 'client_secret_basic' }))
      apps.set('strict', await addApp(issuer(), 'strict', { auth: 'client_secret_basic', ...vendor }))
    },
  }
}
