import { stage } from './current-stage'
import { kept } from './kept'

/**
 * The master key of browser sessions: data keys under it seal the refresh tokens. KMS makes new key material each year,
 * and still opens what the old one sealed (AWS KMS, "Rotate keys").
 */
function createKey() {
  const key = new aws.kms.Key(
    'SessionKey',
    {
      description: `${$app.name} ${$app.stage}: refresh tokens of browser sessions`,
      enableKeyRotation: true,
      // Days in which a deletion can be taken back: the most and the least that KMS allows.
      deletionWindowInDays: stage.keep ? 30 : 7,
    },
    kept('SessionKey'),
  )
  // What operators call the key. No code uses it: an alias can be pointed at another key.
  new aws.kms.Alias('SessionKeyAlias', {
    name: `alias/${$app.name}-${$app.stage}-sessions`,
    targetKeyId: key.keyId,
  })
  return key
}

/** Undefined on a stage without browser sessions. */
export const sessionKey = stage.sessions ? createKey() : undefined

/**
 * The encryption context that `packages/session/src/stage/kms-keys.ts` sends with each call, and no other member: what
 * the key sealed for another use does not open (AWS KMS, "kms:EncryptionContext:context-key").
 */
export const ofSessions = [
  { test: 'StringEquals', variable: 'kms:EncryptionContext:use', values: ['fieldnotes session'] },
  { test: 'ForAllValues:StringEquals', variable: 'kms:EncryptionContextKeys', values: ['use'] },
]

/** The statement of a function's role that uses the key. */
export function mayUse(key: aws.kms.Key, ...actions: readonly ('Decrypt' | 'GenerateDataKey')[]) {
  return { actions: actions.map((action) => `kms:${action}`), resources: [key.arn], conditions: ofSessions }
}
