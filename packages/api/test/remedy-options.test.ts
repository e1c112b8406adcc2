/** Which scopes remedies name, to whom, and in which spelling. */
import type { User } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { scopeTable } from '@fieldnotes/core/scopes'
import { describe, expect, it } from 'vitest'
import { remediesFor, type ScopeSources } from '../src/remedy-options.ts'

const all = ['read', 'write', 'share', 'trash', 'audit'].map((name) => `notes:${name}`)

const issuers = [
  { kind: 'cognito', name: 'cognito', scopes: scopeTable('/') },
  { kind: 'firebase', name: 'firebase', scopes: scopeTable(':') },
  { kind: 'fieldnotes', name: 'fieldnotes', scopes: scopeTable(':') },
  { kind: 'oidc', name: 'added', scopes: { reader: ['notes:read'], editor: ['notes:read', 'notes:write'] } },
] as const satisfies ScopeSources['issuers']

const clientScopes = {
  web: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
  console: ['notes:read', 'notes:audit'],
  machine: ['notes:read'],
}

const { spell = () => undefined } = remediesFor({ issuers, clientScopes })

function spelled(caller: Parameters<typeof spell>[0]): readonly string[] {
  return all.flatMap((scope) => spell(caller, scope) ?? [])
}

function person(changes: Partial<User>): User {
  return sampleUser({ issuer: 'cognito', clientId: 'web', ...changes })
}

const everyScope = all.map((scope) => scope.replace(':', '/'))
const web = everyScope.slice(0, 4)

describe('remedies name the scopes that the client can get', () => {
  it.each<[string, Parameters<typeof spell>[0], readonly string[]]>([
    ['the web app', person({}), web],
    ['the web app, by a session', person({ via: 'session' }), web],
    ['the console', person({ clientId: 'console' }), ['notes/read', 'notes/audit']],
    ['a program', sampleService({ issuer: 'cognito', clientId: 'machine' }), ['notes/read']],
    ['a client that has no row', person({ clientId: 'other' }), []],
    ['a client with the name of a member of every object', person({ clientId: 'constructor' }), []],
    ['our own issuer', person({ issuer: 'fieldnotes', clientId: 'terminal' }), all],
    [
      'a client of our own issuer with the id of the console',
      person({ issuer: 'fieldnotes', clientId: 'console' }),
      all,
    ],
    ['an added issuer', person({ issuer: 'added', clientId: 'app' }), ['reader', 'editor']],
    ['an issuer that is not trusted', person({ issuer: 'another' }), []],
  ])('%s', (_, caller, expected) => {
    expect(spelled(caller)).toEqual(expected)
  })

  it('and none to a person of Firebase, where no app requests scopes', () => {
    expect(spelled(person({ issuer: 'firebase', clientId: undefined }))).toEqual([])
  })

  it('and none to signed requests, whose credentials get no other scopes', () => {
    expect(spelled(person({ via: 'iam' }))).toEqual([])
    expect(spelled(sampleService({ issuer: 'aws', clientId: undefined, via: 'iam' }))).toEqual([])
  })

  it('and no scope that the policies of the person’s groups withhold: no further token would have it', () => {
    const allowedScopes = new Set(['notes:read', 'notes:share'])
    expect(spelled(person({ allowedScopes }))).toEqual(['notes/read', 'notes/share'])
    expect(spelled(person({ allowedScopes: new Set() }))).toEqual([])
  })

  it('and the audit trail to no third party', () => {
    const assistant = { issuer: 'fieldnotes', clientId: 'assistant', thirdParty: true }
    expect(spelled(person(assistant))).toEqual(all.slice(0, 4))
  })

  it('and every scope of the user pool where no clients are configured', () => {
    const open = remediesFor({ issuers })
    expect(all.map((scope) => open.spell?.(person({ clientId: 'machine' }), scope))).toEqual(everyScope)
  })
})
