/** Private keys of the local cloud. They are kept over a restart, so that tokens stay valid. */
import { createPrivateKey, type JsonWebKey, randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { writePrivately } from '../data-folder.ts'
import { UsageError, wordsOf } from '../usage-error.ts'

/** Private keys of one data folder. */
export interface Keys {
  readonly cognito: JWK
  readonly firebase: JWK
  /** ES256; the other two are RS256. */
  readonly fieldnotes: JWK
  /** HMAC key of pagination cursors. */
  readonly cursorSecret: string
}

const algorithms = { cognito: 'RS256', firebase: 'RS256', fieldnotes: 'ES256' } as const

/** Type of the key of each algorithm, as `node:crypto` names it. */
const keyTypes = { RS256: 'rsa', ES256: 'ec' } as const

type Algorithm = keyof typeof keyTypes

async function createKey(alg: Algorithm): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' }
}

/** Generates keys that no file contains. */
export async function createKeys(): Promise<Keys> {
  return {
    cognito: await createKey(algorithms.cognito),
    firebase: await createKey(algorithms.firebase),
    fieldnotes: await createKey(algorithms.fieldnotes),
    cursorSecret: randomBytes(32).toString('base64url'),
  }
}

/** The file of the keys in a data folder. */
export function keysFileIn(folder: string): string {
  return join(folder, 'keys.json')
}

function isKey(jwk: JWK | undefined, alg: Algorithm): boolean {
  try {
    const { asymmetricKeyType } = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' })
    return typeof jwk?.kid === 'string' && jwk.alg === alg && asymmetricKeyType === keyTypes[alg]
  } catch {
    return false
  }
}

/** The keys in a file. One that was written by an older version has no key of our own issuer. */
function readKeys(file: string): Omit<Keys, 'fieldnotes'> & Partial<Keys> {
  try {
    const keys = JSON.parse(readFileSync(file, 'utf8'))
    const { cognito, firebase, fieldnotes } = keys ?? {}
    const areKeys = isKey(cognito, algorithms.cognito) && isKey(firebase, algorithms.firebase)
    const isOwnKey = fieldnotes === undefined || isKey(fieldnotes, algorithms.fieldnotes)
    if (!areKeys || !isOwnKey) throw new Error('a key is missing or spoilt')
    if (typeof keys.cursorSecret !== 'string' || keys.cursorSecret.length < 32) throw new Error('a secret is missing')
    return keys
  } catch (error) {
    // The message of a SyntaxError quotes the file, which contains private keys.
    const words = error instanceof SyntaxError ? 'it is no JSON' : wordsOf(error)
    throw new UsageError(`${file} can't be read: ${words}. Delete it to get new keys.`)
  }
}

/** Whether `folder` contains keys. */
export function hasKeys(folder: string): boolean {
  return existsSync(keysFileIn(folder))
}

/**
 * Keys of `folder`, generated on first use. Two processes that generate them at the same time both get the first one's
 * keys.
 */
export async function keysOf(folder: string): Promise<Keys> {
  const file = keysFileIn(folder)
  if (!existsSync(file)) writeOnce(file, JSON.stringify(await createKeys()))
  const { fieldnotes, ...others } = readKeys(file)
  return { ...others, fieldnotes: fieldnotes ?? (await addOwnKey(file)) }
}

/**
 * Adds the key of our own issuer to a file without one, and keeps the others. The first of several processes decides
 * the key, by a file that is created once. That file is read before the keys are, and deleted after they are written. A
 * process that reads a later one therefore also reads the key that was added before.
 */
async function addOwnKey(file: string): Promise<JWK> {
  const offer = `${file}.offer`
  writeOnce(offer, JSON.stringify(await createKey(algorithms.fieldnotes)))
  const offered = readOffer(offer)
  const keys = readKeys(file)
  const key = keys.fieldnotes ?? offered
  if (key === undefined) return addOwnKey(file)
  if (keys.fieldnotes === undefined) writePrivately(file, JSON.stringify({ ...keys, fieldnotes: key }))
  rmSync(offer, { force: true })
  return key
}

/** Undefined when another process has finished and deleted it. A spoilt key would make `keys.json` unusable. */
function readOffer(offer: string): JWK | undefined {
  try {
    const key = JSON.parse(readFileSync(offer, 'utf8'))
    if (isKey(key, algorithms.fieldnotes)) return key
    throw new Error('no key of our own issuer')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UsageError(`${offer} can't be read. Delete it to get a new key.`)
  }
}

function writeOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}
