/** Attacks with a token of a wrong issuer and a valid signature. */
import { mint, shapes } from '../kit/mint.ts'
import { firebaseRow } from '../kit/rows.ts'
import { type Attack, bearerOf, claims } from './attack.ts'

const { cognito, firebase } = shapes
function host(iss: string, rewrite: (host: string) => string) {
  return iss.replace(/(?<=\/\/)[^/]+/, rewrite)
}

export const issuerAttacks: readonly Attack[] = [
  ['no iss', 'issuer_unknown', claims({ iss: undefined })],
  ['iss null', 'issuer_unknown', claims({ iss: null })],
  ['iss empty', 'issuer_unknown', claims({ iss: '' })],
  ['iss of a stranger', 'issuer_unknown', claims({ iss: 'https://attacker.example' })],
  ['iss named like a method', 'issuer_unknown', claims({ iss: 'toString' })],
  ['iss in a list', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: [shape.claims.iss] }))],
  ['iss with a slash', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}/` }))],
  ['iss with a path', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}/../x` }))],
  ['iss with a fragment', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}#` }))],
  ['iss with a space', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: ` ${shape.claims.iss}` }))],
  ['iss with a NUL', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}\0` }))],
  [
    'iss in upper case',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: host(String(shape.claims.iss), (name) => name.toUpperCase()) })),
  ],
  [
    'iss with a port',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: host(String(shape.claims.iss), (name) => `${name}:443`) })),
  ],
  [
    'iss with a final dot',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: host(String(shape.claims.iss), (name) => `${name}.`) })),
  ],
  [
    'iss in http',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: String(shape.claims.iss).replace('https', 'http') })),
  ],
  [
    'iss of another of our issuers',
    {
      cognito: 'key_unknown',
      firebase: 'key_unknown',
      oidc: 'header_alg_unexpected',
      fieldnotes: 'header_alg_unexpected',
    },
    (shape, name) => bearerOf(mint(shape, { iss: name === 'firebase' ? cognito.claims.iss : firebase.claims.iss })),
  ],
  [
    'another pool of the region',
    { cognito: 'issuer_unknown' },
    claims({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_ZzZzZzZzZ' }),
  ],
  [
    'another Firebase project, wholly',
    { firebase: 'issuer_unknown' },
    claims({ iss: 'https://securetoken.google.com/other', aud: 'other' }),
  ],
  [
    'another Firebase project by iss alone',
    { firebase: 'issuer_unknown' },
    claims({ iss: 'https://securetoken.google.com/other' }),
  ],
  [
    'a Firebase session cookie',
    { firebase: 'issuer_unknown' },
    claims({ iss: `https://session.firebase.google.com/${firebaseRow.projectId}` }),
  ],
  [
    'a Firebase custom token',
    { firebase: 'issuer_unknown' },
    claims({
      iss: 'firebase-adminsdk@fieldnotes-prod.iam.gserviceaccount.com',
      aud: 'https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit',
      uid: 'x',
    }),
  ],
  [
    'a raw Google ID token',
    { firebase: 'issuer_unknown' },
    claims({ iss: 'https://accounts.google.com', aud: 'x.apps.googleusercontent.com' }),
  ],
]
