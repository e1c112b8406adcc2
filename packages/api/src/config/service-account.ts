/** Parses the JSON of a Google service account. */
import { createPrivateKey } from 'node:crypto'
import type { ServiceAccount } from './config.ts'

type Unknown = Readonly<Record<string, unknown>>

/**
 * The service account, or the fault in its JSON. A fault quotes nothing. The key is parsed at the start of a process
 * (1 ms), so that a wrong key stops a deployment and not the first `deleteNote`.
 */
export function parseServiceAccount(text: string, project: string): ServiceAccount | { readonly fault: string } {
  const { project_id: projectId, client_email: clientEmail, private_key: privateKey } = parsed(text)
  const isComplete = typeof clientEmail === 'string' && typeof privateKey === 'string' && typeof projectId === 'string'
  if (!isComplete) return { fault: 'is not the JSON of a service account' }
  if (projectId !== project) return { fault: 'is not of the Firebase project' }
  if (!isRsaKey(privateKey)) return { fault: 'has a private_key that is no RSA key in PEM' }
  return { projectId, clientEmail, privateKey }
}

function parsed(text: string): Unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Unknown) : {}
  } catch {
    return {}
  }
}

/** Google accepts RS256 alone from service accounts. */
function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
