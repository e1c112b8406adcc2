/** Private keys of the local cloud. They are kept over a restart, so that tokens stay valid. */
import { createPrivateKey, type JsonWebKey, randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { UsageError, wordsOf } from '../usage-error.ts'

/** Private keys of one data folder. */
export interface Keys {
  readonly cognito: JWK
  readonly firebase: JWK
  /** HMAC key of pagination cursors. */
  readonly cursorSecret: string
}

async function createKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' }
}

/** Generates keys that no file contains. */
export async function createKeys(): Promise<Keys> {
  return {
    cognito: await createKey(),
    firebase: await createKey(),
    cursorSecret: randomBytes(32).toString('base64url'),
  }
}

function fileOf(folder: string): string {
  return join(folder, 'keys.json')
}

function isKey(jwk: JWK | undefined): boolean {
  try {
    createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' })
    return typeof jwk?.kid === 'string'
  } catch {
    return false
  }
}

function readKeys(file: string): Keys {
  try {
    const keys = JSON.parse(readFileSync(file, 'utf8'))
    if (!isKey(keys?.cognito) || !isKey(keys?.firebase)) throw new Error('a key is missing or spoilt')
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
  return existsSync(fileOf(folder))
}

/**
 * Keys of `folder`, generated on first use. Two processes that generate them at the same time both get the first one's
 * keys.
 */
export async function keysOf(folder: string): Promise<Keys> {
  const file = fileOf(folder)
  if (!existsSync(file)) writeOnce(file, JSON.stringify(await createKeys()))
  return readKeys(file)
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
