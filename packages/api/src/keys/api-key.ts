/**
 * The form of an API key: `fn_<stage>_<application>_<secret>_<checksum>`. It names its application, so that a key that
 * leaked says whose it is. The secret has 256 random bits. The checksum lets a scanner distinguish a key from a text
 * that looks like one, without a request.
 */
import { randomBytes } from 'node:crypto'
import { type Digest, digestOf } from '@fieldnotes/table/digest'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Digits of the secret: 62^43 is more than 2^256. */
const secretDigits = 43

/** Digits of the checksum: 62^6 is more than 2^32. */
const checksumDigits = 6

/** The form of an application's id: 1 to 32 lower-case letters and digits. */
export function isApplicationId(id: string): boolean {
  return /^[a-z0-9]{1,32}$/.test(id)
}

/** What secret scanners search for, in the syntax of Java, PCRE, Python and JavaScript. */
export const apiKeyPattern = 'fn_[a-z0-9]{1,40}_[a-z0-9]{1,32}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}'

const form = new RegExp(`^${apiKeyPattern}$`)

/** What a key says of itself. Nothing of it is believed before its digest was found. */
export interface ApiKey {
  /** The stage without its hyphens, which are no digits of base62. */
  readonly stage: string
  readonly application: string
  /** SHA-256 of the whole key, which alone is stored. */
  readonly digest: Digest
}

/** The name of a stage as keys have it. */
export function stageInKey(stage: string): string {
  return stage.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** The last `count` digits of a number in base62. */
function base62(number: bigint, count: number): string {
  let [rest, text] = [number, '']
  while (text.length < count) {
    text = `${digits[Number(rest % 62n)]}${text}`
    rest /= 62n
  }
  return text
}

/** CRC-32 (ISO/IEC 13239), bit by bit: `node:zlib` has it too, and would be loaded at every start. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (const byte of Buffer.from(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** CRC-32 in base62. */
function checksumOf(text: string): string {
  return base62(BigInt(crc32(text)), checksumDigits)
}

/** Bytes of a random secret: far more than its digits need, so that no digit is likelier than another. */
const secretBytes = 64

/** 43 digits of base62, of at least 64 unpredictable bytes. */
export function secretOf(bytes: Uint8Array = randomBytes(secretBytes)): string {
  return base62(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), secretDigits)
}

/** The key of an application. `secret` has 43 digits of base62. */
export function apiKeyOf(stage: string, application: string, secret: string): string {
  const text = `fn_${stageInKey(stage)}_${application}_${secret}`
  return `${text}_${checksumOf(text)}`
}

/** Parses a key; undefined for a text of another form, and for one whose checksum is wrong. */
export function parseApiKey(text: string): ApiKey | undefined {
  if (!form.test(text)) return undefined
  const [, stage = '', application = '', , checksum] = text.split('_')
  if (checksumOf(text.slice(0, -checksumDigits - 1)) !== checksum) return undefined
  return { stage, application, digest: digestOf(text) }
}
