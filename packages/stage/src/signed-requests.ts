/** Whose signed requests a stage answers, from the link `Notes`. */
import { parseIamServices } from '@fieldnotes/core/iam-services'
import { scopesFaults } from '@fieldnotes/core/scopes'
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { SignedRequests } from '@fieldnotes/identity/signed-requests'
import type { LinkReader } from './link-reader.ts'

/** Reads the settings; undefined for a stage that was deployed without them, and after a fault. */
export function readSignedRequests(read: LinkReader<'Notes'>, issuers: readonly Issuer[]): SignedRequests | undefined {
  if (read.member('Notes', 'identityPoolId') === undefined) return undefined
  const identityPoolId = read.text('Notes', 'identityPoolId', /^[a-z]{2}(-[a-z]+)+-\d:[\w-]+$/)
  const clientId = read.text('Notes', 'webClientId', /^[\w-]+$/)
  const scopes = read.list('Notes', 'webScopes')
  read.fail(scopesFaults(scopes).map((fault) => `Notes.webScopes ${fault}`))
  const { services, faults } = parseIamServices(read.text('Notes', 'iamServices', /^/))
  read.fail(faults.map((fault) => `Notes.iamServices: ${fault}`))
  const userPool = issuers.find(({ kind }) => kind === 'cognito')
  if (!userPool) return undefined
  const provider = userPool.issuer.replace('https://', '')
  return { userPool, provider, identityPoolId, clientId, scopes, services }
}
