/** The JSON that Google hands out for a service account → what firebase-admin takes, or the fault in it. */
import { createPrivateKey } from 'node:crypto'
import type { ServiceAccount } from './config.ts'

type Unknown = Readonly<Record<string, unknown>>

/**
 * A fault says what is wrong and quotes nothing. The key is read once a process (1 ms): otherwise the first to learn that it
 * is none would be a person who deletes a note.
 */
export function parseServiceAccount(text: string, project: string): ServiceAccount | { readonly fault: string } {
  const { project_id: projectId, client_email: clientEmail, private_key: privateKey } = parsed(text)
  const whole = typeof clientEmail === 'string' && typeof privateKey === 'string' && typeof projectId === 'string'
  if (!whole) return { fault: 'is not the JSON of a service account' }
  if (projectId !== project) return { fault: 'is not of the Firebase project' }
  if (!signs(privateKey)) return { fault: 'has a private_key that is no RSA key in PEM' }
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

/** Google takes service accounts at their word by RS256 alone. */
function signs(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
