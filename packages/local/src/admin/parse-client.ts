/** The words and flags of `clients`, as a client of a third party. */
import { readFileSync } from 'node:fs'
import type { Credentials } from '@fieldnotes/issuer/issuer-client'
import { type ClientCandidate, storedClientFaults } from '@fieldnotes/issuer/stored-clients'
import { digestOf } from '@fieldnotes/table/digest'
import { daySeconds } from '@fieldnotes/table/instants'
import { UsageError, wordsOf } from '../usage-error.ts'

/** Flags that describe a client. */
export interface ClientFlags {
  readonly profile?: string
  readonly scope?: string
  readonly lifetime?: string
  readonly jwks?: string
  readonly title?: string
  readonly 'redirect-uri'?: readonly string[]
  readonly 'refresh-days'?: string
  readonly pkce?: boolean
  readonly confidential?: boolean
}

/** What a client proves itself with from now on. @throws UsageError for a file that has no key set */
export function credentialsOf(jwks: string | undefined, secret: string): Credentials {
  return jwks === undefined ? { secretDigests: [digestOf(secret)] } : { jwks: { keys: keysIn(jwks) } }
}

function keysIn(file: string): NonNullable<Credentials['jwks']>['keys'] {
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8'))
    if (Array.isArray(keys)) return keys
  } catch (error) {
    // The message of a SyntaxError quotes the file, which may have a private key by mistake.
    if (!(error instanceof SyntaxError)) throw new UsageError(`--jwks ${file} can’t be read: ${wordsOf(error)}.`)
  }
  throw new UsageError(`--jwks ${file} is no key set: { "keys": [ … ] }.`)
}

/** What a profile of `add` needs beside the flags of all. */
interface Profile {
  readonly auth: (flags: ClientFlags) => string
  /** Flags that it takes, and not every profile does. */
  readonly flags: readonly (keyof ClientFlags)[]
  readonly more?: (flags: ClientFlags) => object
}

const codeFlags = ['title', 'redirect-uri', 'refresh-days'] as const

const profiles: Readonly<Record<string, Profile>> = {
  machine: { auth: secretOrKey, flags: ['jwks'] },
  app: {
    auth: (flags) => (flags.confidential || flags.jwks !== undefined ? secretOrKey(flags) : 'none'),
    flags: [...codeFlags, 'jwks', 'confidential'],
  },
  google: { auth: () => 'client_secret_post', flags: codeFlags },
  alexa: {
    auth: () => 'client_secret_basic',
    flags: [...codeFlags, 'pkce'],
    more: ({ pkce = false }) => ({ requiresPkce: pkce }),
  },
}

const profileFlags = Object.values(profiles).flatMap((profile) => profile.flags)

function secretOrKey({ jwks }: ClientFlags): string {
  return jwks === undefined ? 'client_secret_basic' : 'private_key_jwt'
}

/** The client that `add` describes. @throws UsageError for one that the rules of the table of grants do not allow */
export function parseClient(id: string, flags: ClientFlags, secret: string): ClientCandidate {
  const { profile: name = 'machine' } = flags
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (!profile) throw new UsageError(`--profile takes ${Object.keys(profiles).join(', ')}.`)
  const stray = profileFlags.find((flag) => flags[flag] && !profile.flags.includes(flag))
  if (stray !== undefined) throw new UsageError(`--${stray} does not go with --profile ${name}.`)
  const auth = profile.auth(flags)
  const row = { profile: name, auth, ...profile.more?.(flags), grants: grantsOf(name, flags) }
  const client = { id, row, credentials: auth === 'none' ? {} : credentialsOf(flags.jwks, secret) }
  const [fault] = storedClientFaults(client)
  if (fault !== undefined) throw new UsageError(`The client can’t be added: ${fault}.`)
  return client
}

function grantsOf(profile: string, flags: ClientFlags): object {
  const { scope = 'notes:read', lifetime = '300', title = '', 'refresh-days': days = '180' } = flags
  const grant = {
    targets: { graphql: scope.split(' ').filter(Boolean) },
    lifetimeSeconds: whole('lifetime', lifetime, 'seconds'),
  }
  if (profile === 'machine') return { client_credentials: grant }
  const redirectUris = flags['redirect-uri'] ?? []
  return { code: { ...grant, title, redirectUris, refreshSeconds: whole('refresh-days', days, 'days') * daySeconds } }
}

function whole(flag: string, text: string, unit: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${flag} is not a number of ${unit}.`)
  return Number(text)
}
