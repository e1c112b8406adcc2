/** Whose signed requests a stage answers, from the link `Notes`. */
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { SignedRequests } from '@fieldnotes/identity/signed-requests'
import type { LinkReader } from './link-reader.ts'

/** Reads the settings; undefined for a stage that was deployed without them, and after a fault. */
export function readSignedRequests(read: LinkReader<'Notes'>, issuers: readonly Issuer[]): SignedRequests | undefined {
  if (read.member('Notes', 'identityPoolId') === undefined) return undefined
  const identityPoolId = read.text('Notes', 'identityPoolId', /^[a-z]{2}(-[a-z]+)+-\d:[\w-]+$/)
  const clientId = read.text('Notes', 'webClientId', /^[\w-]+$/)
  const scopes = read.list('Notes', 'webScopes')
  const services = servicesOf(read)
  const userPool = issuers.find(({ kind }) => kind === 'cognito')
  if (!userPool) return undefined
  const provider = userPool.issuer.replace('https://', '')
  return { userPool, provider, identityPoolId, clientId, scopes, services }
}

const role = /^arn:aws:sts::\d{12}:assumed-role\/[\w+=,.@-]+$/

/** JSON of roles with their scopes. Empty text, or no member, is none. */
function servicesOf(read: LinkReader<'Notes'>): SignedRequests['services'] {
  const given = read.member('Notes', 'iamServices') || '{}'
  try {
    const services: unknown = JSON.parse(String(given))
    if (areServices(services)) return services
  } catch {
    // The message would quote the text.
  }
  read.fail(['Notes.iamServices is not usable'])
  return {}
}

function areServices(value: unknown): value is SignedRequests['services'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).every(
    ([arn, scopes]) => role.test(arn) && Array.isArray(scopes) && scopes.every((scope) => /^notes:[a-z]+$/.test(scope)),
  )
}
