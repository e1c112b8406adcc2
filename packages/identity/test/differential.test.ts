import fc from 'fast-check'
import { createLocalJWKSet, type JWTVerifyOptions, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { authenticate, identityWith, outcomeOf } from './kit/identities.ts'
import { type Members, mint, type Shape, shapes } from './kit/mint.ts'
import { cognitoRow, fieldnotesRow, firebaseRow, now, oidcRow, resource } from './kit/rows.ts'
import type { ShapeName } from './refusals/attack.ts'

const identity = identityWith()
async function identityAccepts(token: string): Promise<boolean> {
  return (await outcomeOf(authenticate(identity, token))) === 'accepted'
}

const { cognito, firebase, oidc, fieldnotes } = shapes
const strict = {
  currentDate: new Date(now * 1000),
  clockTolerance: 10,
  maxTokenAge: 3600,
  requiredClaims: ['exp', 'iat', 'sub', 'iss'],
} satisfies JWTVerifyOptions

/** jose at its strictest for each shape. */
const options: Record<ShapeName, JWTVerifyOptions> = {
  cognito: { ...strict, algorithms: ['RS256'], issuer: [cognitoRow.issuer, String(cognitoRow.issuerAlias)] },
  firebase: { ...strict, algorithms: ['RS256'], issuer: firebaseRow.issuer, audience: firebaseRow.projectId },
  oidc: { ...strict, algorithms: ['ES256'], issuer: oidcRow.issuer, audience: oidcRow.audience, typ: 'at+jwt' },
  fieldnotes: {
    ...strict,
    algorithms: ['ES256'],
    issuer: fieldnotesRow.issuer,
    audience: resource,
    typ: 'at+jwt',
    requiredClaims: [...strict.requiredClaims, 'client_id', 'jti'],
  },
}

const keySet = createLocalJWKSet({ keys: Object.values(shapes).map(({ key }) => key.jwk as never) })

/** jose judges a token by the row that its `iss` names, as identity does. */
async function joseAccepts(token: string): Promise<boolean> {
  const attempts = Object.values(options).map((option) =>
    jwtVerify(token, keySet, option).then(
      () => true,
      () => false,
    ),
  )
  return (await Promise.all(attempts)).includes(true)
}

const name = fc.constantFrom<ShapeName>('cognito', 'firebase', 'oidc', 'fieldnotes')
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    0,
    -1,
    [],
    {},
    true,
    'x',
    [now],
    `${now}`,
    1e308,
    now - 1,
    now,
    now + 11,
    now + 9999,
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Mostly right members, some of them spoilt, some of them taken from another shape. */
function spoilt(members: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...members), fc.oneof(odd, fc.string()), { maxKeys: 2, noNullPrototype: true })
}

const claimNames = [...new Set(Object.values(shapes).flatMap(({ claims }) => Object.keys(claims)))]
const claims = spoilt([...claimNames, 'nbf', 'cnf', 'azp', 'act'])
const header = spoilt(['alg', 'kid', 'typ', 'crit', 'b64', 'jwk', 'x5t', 'cty'])
const borrowed = fc.constantFrom<Members>({}, {}, {}, {}, cognito.claims, firebase.claims, oidc.claims)

const runs = { numRuns: 1500 }

describe('beside jose', () => {
  it('accepts no token that jose refuses, whatever its claims and header', async () => {
    let accepted = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(name, claims, header, borrowed, async (shape, changes, head, other) => {
        const token = mint(shapes[shape], { ...other, ...shapes[shape].claims, ...changes }, head)
        const [byIdentity, byJose] = await Promise.all([identityAccepts(token), joseAccepts(token)])
        if (byIdentity) accepted += 1
        if (!byJose) refused += 1
        expect(byIdentity && !byJose).toBe(false)
      }),
      runs,
    )
    expect(accepted).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(100)
  })

  it('accepts no token that jose refuses, whatever key signed it', async () => {
    const anyKey = fc.constantFrom(...Object.values(shapes).map(({ key }) => key))
    await fc.assert(
      fc.asyncProperty(name, anyKey, anyKey, async (shape, signer, named) => {
        const token = mint(
          { ...shapes[shape], key: signer } satisfies Shape,
          {},
          { alg: named.algorithm, kid: named.kid },
        )
        expect((await identityAccepts(token)) && !(await joseAccepts(token))).toBe(false)
        expect(await identityAccepts(token)).toBe(signer === shapes[shape].key && named === signer)
      }),
      { numRuns: 200 },
    )
  })

  it('accepts what jose accepts, where nothing but plain values change', async () => {
    const plain = fc.string({ minLength: 1, maxLength: 128, unit: fc.constantFrom(...'abcXYZ019-._|@/') })
    await fc.assert(
      fc.asyncProperty(plain, fc.integer({ min: 1, max: 3000 }), async (sub, seconds) => {
        const token = mint(oidc, { sub, jti: sub, exp: now + seconds, iat: now - 1 })
        expect(await identityAccepts(token)).toBe(true)
        expect(await joseAccepts(token)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('another spelling of a valid token', () => {
  const tokens = { cognito: mint(cognito), firebase: mint(firebase), oidc: mint(oidc), fieldnotes: mint(fieldnotes) }
  const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n\t\0%é')

  it('is refused, when one character is replaced, inserted or removed', async () => {
    await fc.assert(
      fc.asyncProperty(name, position, letter, fc.constantFrom(0, 1), async (shape, at, put, gone) => {
        const token = tokens[shape]
        const index = Math.floor(at * token.length)
        const other = token.slice(0, index) + put + token.slice(index + gone)
        fc.pre(other.replace(/^ /, '') !== token)
        expect(await identityAccepts(other)).toBe(false)
      }),
      runs,
    )
  })

  it('is refused, also when it decodes to the same bytes', async () => {
    const bytes = (token: string) =>
      token
        .split('.')
        .map((segment) => Buffer.from(segment, 'base64').toString('hex'))
        .join('.')
    for (const shape of Object.keys(tokens) as ShapeName[]) {
      const token = tokens[shape]
      const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
      const ends = [...token.matchAll(/[^.](?=\.|$)/g)].map(({ index }) => index)
      const same = ends
        .flatMap((index) => alphabet.map((put) => token.slice(0, index) + put + token.slice(index + 1)))
        .concat([
          `${token}=`,
          `${token}==`,
          token.replace('.', '=.'),
          token.replaceAll('-', '+'),
          token.replaceAll('_', '/'),
        ])
        .filter((other) => other !== token && bytes(other) === bytes(token))
      expect(same.length).toBeGreaterThan(3)
      for (const other of same) expect(await identityAccepts(other)).toBe(false)
    }
  })

  it('is refused when its JSON is formatted differently under the old signature', async () => {
    await fc.assert(
      fc.asyncProperty(name, fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 1), async (shape, indent, segment) => {
        const segments = tokens[shape].split('.')
        const json: unknown = JSON.parse(Buffer.from(segments[segment] ?? '', 'base64url').toString())
        segments[segment] = Buffer.from(JSON.stringify(json, null, indent)).toString('base64url')
        expect(await identityAccepts(segments.join('.'))).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})
