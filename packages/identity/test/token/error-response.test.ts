import { AppError, type ErrorCode, errors } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { identityWith } from '../kit/identities.ts'
import { mint, shapes } from '../kit/mint.ts'

const identity = identityWith()
const { metadataUrl } = identity

describe('errorResponse', () => {
  it.each(Object.keys(errors) as ErrorCode[])('has the status, code and message of %s, and its challenge', (code) => {
    const error = new AppError(code, 'a secret reason', { cause: new Error('a secret cause') })
    const { status, headers, body } = identity.errorResponse(error)
    const remedy = error.remedy && { remedy: error.remedy }
    const pointer = status === 401 && { resourceMetadata: metadataUrl }
    expect({ status, body }).toEqual({
      status: errors[code].status,
      body: { code, message: errors[code].message, ...remedy, ...pointer },
    })
    if (status === 401) expect(headers['www-authenticate']).toContain(`resource_metadata="${metadataUrl}"`)
    expect(headers['www-authenticate']).toBe(identity.challenge(error))
    expect(JSON.stringify([headers, body])).not.toContain('secret')
  })

  it.each([new TypeError('a secret'), 'a secret', undefined, { code: 'FORBIDDEN', message: 'a secret' }])(
    'is INTERNAL without details for what is not an AppError: %s',
    (error) => {
      expect(identity.errorResponse(error)).toEqual({
        status: 500,
        headers: { 'content-type': 'application/json' },
        body: { code: 'INTERNAL', message: errors.INTERNAL.message },
      })
    },
  )
})

describe('the remedy of an error', () => {
  it('is beside code and message, and absent for NOT_FOUND', () => {
    const remedy = { kind: 'STEP_UP', maxAge: 300 } as const
    const { body, status } = identity.errorResponse(new AppError('FORBIDDEN', 'reason', { remedy }))
    expect(status, 'RFC 9470 §3').toBe(401)
    expect(body).toEqual({
      code: 'FORBIDDEN',
      message: errors.FORBIDDEN.message,
      remedy,
      resourceMetadata: metadataUrl,
    })
    const hidden = identity.errorResponse(new AppError('NOT_FOUND' as 'FORBIDDEN', 'reason', { remedy }))
    expect(hidden.body).toEqual({ code: 'NOT_FOUND', message: errors.NOT_FOUND.message })
  })
})

describe('requireCaller', () => {
  it('returns the caller of a valid token', async () => {
    const headers = { authorization: `Bearer ${mint(shapes.oidc)}` }
    expect(await identity.requireCaller(headers)).toBe(await identity.authenticate(headers))
  })

  it('refuses a request without credential, with a challenge without error code', async () => {
    const error = await identity.requireCaller({}).catch((thrown: unknown) => thrown)
    const { status, headers } = identity.errorResponse(error)
    expect(status).toBe(401)
    expect(headers['www-authenticate']).toMatch(/^Bearer resource_metadata="/)
  })

  it('refuses a bad token as authenticate does', async () => {
    const error = await identity.requireCaller({ authorization: 'Bearer x' }).catch((thrown: unknown) => thrown)
    expect(identity.errorResponse(error).headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", /)
  })
})
