import { type ConfiguredKey, keyFaults } from '@fieldnotes/issuer/key-ring'

/** A signing key of the issuer by its number. A key that is `removed` exists at KMS, and can't sign. */
export interface NumberedKey {
  readonly number: string
  readonly state: ConfiguredKey['state'] | 'removed'
}

const form = /^(\d{1,4}):(next|active|retiring|removed)$/

/**
 * Reads `FIELDNOTES_SIGNING_KEYS`, such as `1:retiring,2:active`. Without it the stage has one key.
 * @throws Error for anything else, and for a list with which the issuer would not start
 */
export function signingKeysOf(given: string | undefined): readonly NumberedKey[] {
  const keys = (given || '1:active').split(',').map(keyOf)
  const published = keys.flatMap(({ number, state }) => (state === 'removed' ? [] : [{ keyId: number, state }]))
  const isUnique = new Set(keys.map(({ number }) => number)).size === keys.length
  const faults = isUnique ? keyFaults(published) : ['keys: one is listed twice']
  if (faults.length > 0) throw new Error(`FIELDNOTES_SIGNING_KEYS: ${faults.join('; ')}`)
  return keys
}

function keyOf(text: string): NumberedKey {
  const [, number, state] = form.exec(text.trim()) ?? []
  if (number === undefined)
    throw new Error(`FIELDNOTES_SIGNING_KEYS can't have ${text}: <number>:<state>, such as 1:active`)
  return { number, state: state as NumberedKey['state'] }
}
