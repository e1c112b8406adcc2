/** Attacks with a token that is bound to a key: each is refused, and `proven()` is the request that works. */
import type { ProofRefusal, Refusal } from '../../src/refusals.ts'
import type { Headers } from '../../src/token/authorization.ts'
import { rsaPair } from '../kit/keys.ts'
import { base64url, mint, seal, shapes } from '../kit/mint.ts'
import {
  bearerToken,
  boundToken,
  hashOf,
  otherKey,
  proof,
  proofClaims,
  proofHeader,
  proofKey,
  proven,
  thumbprintOf,
} from '../kit/proofs.ts'
import { now, resource } from '../kit/rows.ts'

/** What is tried, why it must be refused, and the headers of the `POST` that tries it. */
export type ProofAttack = readonly [what: string, reason: Refusal, headers: () => Headers]

function claims(members: Readonly<Record<string, unknown>>) {
  return () => proven(proof(members))
}

function header(members: Readonly<Record<string, unknown>>) {
  return () => proven(proof({}, members))
}

function rewritten(rewrite: (text: string) => string) {
  return () => proven(rewrite(proof()))
}

function claimsText(rewrite: (json: string) => string) {
  return () => proven(seal(proofKey, proofHeader, rewrite(JSON.stringify(proofClaims))))
}

function withKey(members: Readonly<Record<string, unknown>>) {
  return header({ jwk: { ...proofHeader.jwk, ...members } })
}

/** A token with another binding than its proof. */
function boundBy(cnf: unknown) {
  return () => {
    const token = mint(shapes.fieldnotes, { cnf })
    return proven(proof({ ath: hashOf(token) }), token)
  }
}

const derSignature = 'MEUCIQDx0000000000000000000000000000000000000000000000000000'
const rsa = rsaPair('device-rsa')
const { d } = proofKey.privateKey.export({ format: 'jwk' })

const scheme: readonly ProofAttack[] = [
  ['a bound token as a bearer token', 'sender_constrained', () => ({ authorization: `Bearer ${boundToken}` })],
  [
    'a bound token as a bearer token, with its proof',
    'sender_constrained',
    () => ({ ...proven(), authorization: `Bearer ${boundToken}` }),
  ],
  ['a bearer token with the scheme DPoP', 'not_sender_constrained', () => proven(undefined, bearerToken)],
  [
    'a bearer token with the scheme DPoP and a proof of its own',
    'not_sender_constrained',
    () => proven(proof({ ath: hashOf(bearerToken) }), bearerToken),
  ],
  [
    'two Authorization headers',
    'authorization_repeated',
    () => ({ ...proven(), Authorization: `Bearer ${bearerToken}` }),
  ],
  [
    'two Authorization headers that a gateway has joined',
    'authorization_malformed',
    () => ({ ...proven(), authorization: `DPoP ${boundToken}, Bearer ${bearerToken}` }),
  ],
  ['a token that is bound by a certificate', 'sender_constrained', boundBy({ 'x5t#S256': thumbprintOf(proofKey) })],
  [
    'a token that is bound by a certificate too',
    'sender_constrained',
    boundBy({ jkt: thumbprintOf(proofKey), 'x5t#S256': thumbprintOf(proofKey) }),
  ],
  ['a token that is bound to a key itself', 'sender_constrained', boundBy({ jwk: proofHeader.jwk })],
  ['a token that is bound to a text', 'sender_constrained', boundBy(thumbprintOf(proofKey))],
  ['a token that is bound to null', 'sender_constrained', boundBy(null)],
  ['a token that is bound to nothing', 'sender_constrained', boundBy({})],
  ['a token that is bound to a list', 'sender_constrained', boundBy({ jkt: [thumbprintOf(proofKey)] })],
]

const transport: readonly ProofAttack[] = [
  ['no proof', 'proof_missing', () => ({ authorization: `DPoP ${boundToken}` })],
  ['an empty list of proofs', 'proof_missing', () => proven([])],
  ['two proofs', 'proof_repeated', () => proven([proof(), proof({ jti: 'proof-2' })])],
  ['one proof twice', 'proof_repeated', () => proven([proof(), proof()])],
  ['two proofs in two spellings', 'proof_repeated', () => ({ ...proven(), DPoP: proof({ jti: 'proof-2' }) })],
  ['two proofs that a gateway has joined', 'proof_malformed', () => proven(`${proof()},${proof()}`)],
  ['an empty proof', 'proof_malformed', () => proven('')],
  ['a number as proof', 'proof_malformed', () => proven([7] as never)],
  ['4,097 characters', 'proof_too_long', rewritten((text) => text + 'A'.repeat(4097 - text.length))],
  ['a megabyte', 'proof_too_long', rewritten((text) => text + 'A'.repeat(1_000_000))],
  ['a jti of 64 KB', 'proof_too_long', claims({ jti: 'j'.repeat(65_536) })],
  ['two segments', 'proof_malformed', rewritten((text) => text.slice(0, text.lastIndexOf('.')))],
  ['no signature', 'proof_malformed', rewritten((text) => text.replace(/[^.]*$/, ''))],
  ['a space before it', 'proof_malformed', rewritten((text) => ` ${text}`)],
  ['padding', 'proof_malformed', rewritten((text) => `${text}=`)],
  ['a second spelling of the signature', 'proof_malformed', rewritten((text) => `${text.slice(0, -1)}_`)],
  ['claims that are a list', 'proof_malformed', claimsText((json) => `[${json}]`)],
  ['jti twice', 'proof_malformed', claimsText((json) => json.replace('{', '{"jti":"proof-2",'))],
  ['htm twice, once with an escape', 'proof_malformed', claimsText((json) => json.replace('{', '{"ht\\u006d":"GET",'))],
  ['__proto__', 'proof_malformed', claimsText((json) => json.replace('{', '{"__proto__":{},'))],
]

const form: readonly ProofAttack[] = [
  ...[undefined, 'JWT', 'at+jwt', 'dpop', 'application/dpop+jwt', 7].map(
    (typ): ProofAttack => [`typ ${typ}`, 'proof_header_invalid', header({ typ })],
  ),
  ...[undefined, 'none', 'HS256', 'ES384', 'EdDSA', 'RS256', 'es256', ['ES256']].map(
    (alg): ProofAttack => [`alg ${alg}`, 'proof_header_invalid', header({ alg })],
  ),
  ...['crit', 'b64', 'jku', 'x5u', 'x5c', 'zip', 'enc', 'cty'].map(
    (member): ProofAttack => [`a member ${member}`, 'proof_header_invalid', header({ [member]: 'x' })],
  ),
  [
    'alg none without a signature that is checked',
    'proof_header_invalid',
    () => proven(`${base64url('{"typ":"dpop+jwt","alg":"none"}')}.${base64url(JSON.stringify(proofClaims))}.AAAA`),
  ],
  ['no key', 'proof_key_invalid', header({ jwk: undefined })],
  ['a key that is a text', 'proof_key_invalid', header({ jwk: JSON.stringify(proofHeader.jwk) })],
  ['a list of keys', 'proof_key_invalid', header({ jwk: [proofHeader.jwk] })],
  ['a private key', 'proof_key_invalid', withKey({ d })],
  ['a symmetric key', 'proof_key_invalid', header({ jwk: { kty: 'oct', k: 'c2VjcmV0' } })],
  ['a symmetric member beside a public key', 'proof_key_invalid', withKey({ k: 'c2VjcmV0' })],
  ['an RSA key', 'proof_key_invalid', () => proven(proof({}, { jwk: { ...rsa.jwk, alg: undefined } }, rsa))],
  ['a key of another curve', 'proof_key_invalid', withKey({ crv: 'P-384' })],
  ['a point that is on no curve', 'proof_key_invalid', withKey({ x: proofHeader.jwk.y })],
  ['a key for encryption', 'proof_key_invalid', withKey({ use: 'enc' })],
]

const content: readonly ProofAttack[] = [
  ...[undefined, '', 7, ['x'], 'j'.repeat(129), 'a b', 'a#b', 'jä'].map(
    (jti): ProofAttack => [`jti ${String(jti).slice(0, 9)}`, 'proof_id_invalid', claims({ jti })],
  ),
  ...[undefined, 'GET', 'post', ['POST'], 'POST '].map(
    (htm): ProofAttack => [`htm ${htm}`, 'proof_method_wrong', claims({ htm })],
  ),
  ...[
    undefined,
    [resource],
    '/graphql',
    'https://evil.example/graphql',
    'http://api.fieldnotes.dev/graphql',
    'https://api.fieldnotes.dev:444/graphql',
    'https://api.fieldnotes.dev/iam/graphql',
    'https://api.fieldnotes.dev/graphql/',
    'https://api.fieldnotes.dev/GRAPHQL',
    'https://api.fieldnotes.dev.evil.example/graphql',
    'https://alice@api.fieldnotes.dev/graphql',
    'https:\\\\api.fieldnotes.dev\\graphql',
    'https:/api.fieldnotes.dev/graphql',
    ` ${resource}`,
    'https://api.fieldnotes.dev/graph\nql',
  ].map((htu): ProofAttack => [`htu ${htu}`, 'proof_target_wrong', claims({ htu })]),
  ...[undefined, '', hashOf(bearerToken), boundToken, Buffer.from(hashOf(boundToken), 'base64url').toString('hex')].map(
    (ath): ProofAttack => [`ath ${String(ath).slice(0, 9)}`, 'proof_token_wrong', claims({ ath })],
  ),
  ...[undefined, String(now), now + 0.5, -1, null].map(
    (iat): ProofAttack => [`iat ${iat}`, 'proof_time_invalid', claims({ iat })],
  ),
  ['nbf as a text', 'proof_time_invalid', claims({ nbf: String(now) })],
  ['exp as a text', 'proof_time_invalid', claims({ exp: String(now) })],
  ['iat 61 s ahead', 'proof_ahead', claims({ iat: now + 61 })],
  ['nbf 61 s ahead', 'proof_ahead', claims({ nbf: now + 61 })],
  ['iat 301 s ago', 'proof_stale', claims({ iat: now - 301 })],
  ['exp now', 'proof_stale', claims({ exp: now })],
]

const binding: readonly ProofAttack[] = [
  ['another key than that of the token', 'proof_key_other', () => proven(proof({}, { jwk: otherKey.jwk }, otherKey))],
  ['the key of the token, signed by another', 'proof_signature_invalid', () => proven(proof({}, {}, otherKey))],
  [
    'a signature of another proof',
    'proof_signature_invalid',
    rewritten((text) => text.replace(/[^.]*$/, proof({ jti: 'proof-2' }).split('.')[2] ?? '')),
  ],
  [
    'a signature in DER',
    'proof_signature_invalid',
    rewritten((text) => text.replace(/[^.]*$/, base64url(Buffer.from(derSignature, 'base64')))),
  ],
  ['a signature of zeros', 'proof_signature_invalid', rewritten((text) => text.replace(/[^.]*$/, 'A'.repeat(86)))],
  ['a signature of one byte', 'proof_signature_invalid', rewritten((text) => text.replace(/[^.]*$/, 'AA'))],
]

/** Attacks by what is wrong. */
export const proofTable = { scheme, transport, form, content, binding } as const satisfies Readonly<
  Record<string, readonly ProofAttack[]>
>

/** The reasons that rows show, and the one that needs a second request. */
export const shownByProofs: readonly Refusal[] = [
  ...Object.values(proofTable).flatMap((rows) => rows.map(([, reason]) => reason)),
  'proof_used' satisfies ProofRefusal,
]
