import { describe, expect, it } from 'vitest'
import { createVerifySignature, type Signer } from '../../src/gateway/request-signature.ts'
import {
  accessKeyId,
  amzDate,
  now,
  type Signing,
  secretAccessKey,
  sessionToken,
  signedEvent,
  usual,
} from './sign-request.ts'

const signer: Signer = { secretAccessKey, sessionToken, iam: { accessKey: accessKeyId } }

const verify = createVerifySignature({
  findSigner: (key, token) => (key === accessKeyId && token === sessionToken ? signer : undefined),
  region: 'eu-west-1',
  clock: () => now,
})

function isAccepted(signing?: Signing): boolean {
  return verify(signedEvent(signing)) === signer
}

function dated(milliseconds: number): Signing {
  const date = amzDate(milliseconds)
  return { headers: { ...usual, 'x-amz-date': date }, day: date.slice(0, 8) }
}

function without(name: string): Signing {
  return { headers: Object.fromEntries(Object.entries(usual).filter(([each]) => each !== name)) }
}

function unsigned(name: string, headers: Readonly<Record<string, string>> = usual): Signing {
  const names = Object.keys(headers).filter((each) => each !== name)
  return { headers, names: names.toSorted() }
}

/** The hash of `{}`. */
const emptyObject = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'

describe('a signature by AWS’s own description', () => {
  const accepted: readonly (readonly [what: string, signing: Signing])[] = [
    ['of the usual headers', {}],
    ['of an empty body', { body: '' }],
    ['of a body in base64', { body: Buffer.from('{"query":"é"}').toString('base64'), isBase64Encoded: true }],
    ['of a body that is not ASCII', { body: '{"query":"é"}' }],
    ['of a query', { query: 'b=2&a=1' }],
    ['of the body’s hash too', { headers: { ...usual, 'x-amz-content-sha256': emptyObject } }],
    ['of a header that clients rarely sign', { headers: { ...usual, 'user-agent': 'test', range: 'bytes=0-1' } }],
    ['without the content type', unsigned('content-type')],
    ['five minutes ago', dated(now - 300_000)],
    ['in five minutes', dated(now + 300_000)],
  ]

  it.each(accepted)('is accepted: %s', (_what, signing) => {
    expect(isAccepted(signing)).toBe(true)
  })

  const refused: readonly (readonly [what: string, signing: Signing])[] = [
    ['over five minutes ago', dated(now - 301_000)],
    ['in over five minutes', dated(now + 301_000)],
    ['with the day of another date', { day: '20261125' }],
    ['with a date in another form', { headers: { ...usual, 'x-amz-date': new Date(now).toISOString() } }],
    ['with no date', without('x-amz-date')],
    ['with an empty date', { headers: { ...usual, 'x-amz-date': '' } }],
    ['whose host is not signed', unsigned('host')],
    ['whose date is not signed', unsigned('x-amz-date')],
    ['whose session token is not signed', unsigned('x-amz-security-token')],
    ['with a header of AWS that is not signed', unsigned('x-amz-target', { ...usual, 'x-amz-target': 'x' })],
    ['of a header that is not sent', { names: [...Object.keys(usual), 'range'].toSorted() }],
    ['of a member of every object', { names: [...Object.keys(usual), 'constructor'].toSorted() }],
    ['of a list that is not sorted', { names: Object.keys(usual).toSorted().toReversed() }],
    ['of a name twice', { names: [...Object.keys(usual), 'host'].toSorted() }],
    ['of the hash of another body', { body: '{ }', headers: { ...usual, 'x-amz-content-sha256': emptyObject } }],
    ['of no hash', { headers: { ...usual, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }],
    ['of an empty hash', { headers: { ...usual, 'x-amz-content-sha256': '' } }],
    ['for another region', { region: 'eu-west-2' }],
    ['for another service', { service: 's3' }],
    ['with another secret', { secretAccessKey: 'another' }],
    ['with an unknown key', { accessKeyId: 'ASIA0000000000000000' }],
    ['with a key in another form', { accessKeyId: 'ASIA' }],
    ['with another session token', { headers: { ...usual, 'x-amz-security-token': 'another' } }],
    ['with no session token', without('x-amz-security-token')],
  ]

  it.each(refused)('is refused: %s', (_what, signing) => {
    expect(isAccepted(signing)).toBe(false)
  })

  const renamed: readonly (readonly [what: string, from: RegExp, to: string])[] = [
    ['the day', /20261126/, '20261125'],
    ['the region', /eu-west-1/, 'eu-west-2'],
    ['the service', /execute-api/, 's3'],
    ['the order of the list', /content-type;host/, 'host;content-type'],
    ['a name twice', /host;/, 'host;host;'],
    ['an empty name', /host;/, 'host;;'],
    ['a name less', /content-type;/, ''],
    ['the scheme', /SHA256/, 'SHA512'],
    ['the end of the scope', /aws4_request/, 'aws5_request'],
    ['a digit of the signature', /.$/, 'g'],
    ['a second signature', /$/, ', Signature='],
  ]

  it.each(renamed)('is refused after a change of the header that is not signed again: %s', (_what, from, to) => {
    const event = signedEvent()
    const authorization = event.headers.authorization ?? ''
    expect(authorization).toMatch(from)
    expect(verify({ ...event, headers: { ...event.headers, authorization: authorization.replace(from, to) } })).toBe(
      undefined,
    )
  })

  it.each([undefined, '', 'Bearer a.b.c', 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256 Credential='])(
    'is refused where the header is %j',
    (authorization) => {
      const event = signedEvent()
      expect(verify({ ...event, headers: { ...event.headers, authorization } })).toBeUndefined()
    },
  )

  it.each(['a={%zz', 'a="%', 'a={%ff'])('is refused where the query %j can not be decoded', (rawQueryString) => {
    expect(verify({ ...signedEvent(), rawQueryString })).toBeUndefined()
  })

  it('is of this method, path, query and body alone', () => {
    const event = signedEvent({ query: 'a=1' })
    expect(verify(event)).toBe(signer)
    const { http } = event.requestContext
    const requestContext = { ...event.requestContext, http: { ...http, method: 'GET' } }
    for (const changed of [{ requestContext }, { rawPath: '/graphql' }, { rawQueryString: 'a=2' }, { body: '{ }' }])
      expect(verify({ ...event, ...changed })).toBeUndefined()
  })
})
