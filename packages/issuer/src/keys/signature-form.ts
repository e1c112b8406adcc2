/** The form of ES256 signatures: DER, as KMS returns it, and the two numbers side by side that a JWS has. */

const numberBytes = 32

/**
 * Converts DER to r‖s of 64 bytes (RFC 7518 §3.4). Each length of a P-256 signature fits one byte.
 * @throws Error for anything that is not two positive integers of at most 32 bytes
 */
export function joseSignature(der: Uint8Array): Buffer {
  const bytes = Buffer.from(der)
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) throw new Error('not the DER of a P-256 signature')
  const r = integerAt(bytes, 2)
  const s = integerAt(bytes, r.end)
  if (s.end !== bytes.length) throw new Error('not the DER of a P-256 signature')
  return Buffer.concat([padded(r.value), padded(s.value)])
}

function integerAt(bytes: Buffer, at: number): { readonly value: Buffer; readonly end: number } {
  const [tag, length = 0] = [bytes[at], bytes[at + 1]]
  const end = at + 2 + length
  if (tag !== 0x02 || length === 0 || end > bytes.length) throw new Error('not the DER of a P-256 signature')
  return { value: bytes.subarray(at + 2, end), end }
}

/** A number whose highest bit is set has a zero byte before it; a small one has fewer bytes. */
function padded(integer: Buffer): Buffer {
  const value = integer[0] === 0 ? integer.subarray(1) : integer
  if (value.length > numberBytes) throw new Error('not the DER of a P-256 signature')
  return Buffer.concat([Buffer.alloc(numberBytes - value.length), value])
}
