import { confidentialClientIds, type OwnClient } from '@fieldnotes/issuer/client-rows'
import { clientSecretOf, cookieSecretOf } from '@fieldnotes/issuer/client-secret'
import { digestOf } from '@fieldnotes/table/digest'

/**
 * Roots of our own clients' secrets, separated by commas, each at least 32 bytes after trimming. The first is the one
 * that our functions use; the issuer accepts both of two. A deployment fails without them.
 */
const clientSecrets = new sst.Secret('ClientSecrets')

/** Roots that may be in force at once: one, and the one that replaces it. */
const rootsMax = 2

/** @throws Error for roots that are too short, too many or equal: the deployment fails, and quotes none */
function rootsIn(text: string): readonly string[] {
  const roots = text.split(',').map((root) => root.trim())
  const isStrong = roots.every((root) => Buffer.byteLength(root) >= 32)
  if (isStrong && roots.length <= rootsMax && new Set(roots).size === roots.length) return roots
  throw new Error(`ClientSecrets: say one or ${rootsMax} different roots of at least 32 bytes`)
}

const roots = clientSecrets.value.apply(rootsIn)

/** Clients that are functions of the stage. */
const ofFunctions: readonly string[] = ['exporter', 'fieldnotes-api', 'firebase-session']

/** Client → digests of its secrets, which is all that the issuer has. */
export const secretDigests = roots.apply((each) =>
  Object.fromEntries(confidentialClientIds.map((id) => [id, each.map((root) => digestOf(clientSecretOf(id, root)))])),
)

/** Secrets of the clients that are not functions: a portal and programs, whose operators need them. */
export const programSecrets = roots.apply(([root = '']) =>
  Object.fromEntries(
    confidentialClientIds.filter((id) => !ofFunctions.includes(id)).map((id) => [id, clientSecretOf(id, root)]),
  ),
)

/** Secrets of the cookies of sign-ins at the issuer. The first signs; both of two are accepted. */
export const cookieSecrets = roots.apply((each) => each.map(cookieSecretOf))

/** The secret that one of our own clients sends. A function is linked to its own and to no other. */
export function secretOf(id: OwnClient): $util.Output<string> {
  return roots.apply(([root = '']) => clientSecretOf(id, root))
}
