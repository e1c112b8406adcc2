import { describe, expect, it } from 'vitest'
import { requestedOf } from '../../src/steps/sign-in-parameters.ts'

function read(query: string, anew = false) {
  return requestedOf(new URLSearchParams(query), anew)
}

describe('requestedOf', () => {
  it('passes provider, prompt and max_age on under the names of the provider, and nothing else', () => {
    const query = 'provider=Google&prompt=login&max_age=300&client_id=evil&redirect_uri=evil&state=evil&scope=all'
    expect(read(query)).toEqual({
      passedOn: { identity_provider: 'Google', prompt: 'login', max_age: '300' },
      maxAge: 300,
      anew: true,
      returnPath: '/',
      againPath: '/session/login?provider=Google&prompt=login&max_age=300&return=%2F',
    })
    expect(read('return=/notes')).toEqual({
      passedOn: {},
      maxAge: undefined,
      anew: false,
      returnPath: '/notes',
      againPath: '/session/login?prompt=login&return=%2Fnotes',
    })
    expect(read('max_age=0').maxAge).toBe(0)
  })

  it.each([
    ['provider', ''],
    ['provider', 'Google Apps'],
    ['provider', 'x'.repeat(33)],
    ['prompt', ''],
    ['prompt', 'login none'],
    ['prompt', 'LOGIN'],
    ['max_age', ''],
    ['max_age', '-1'],
    ['max_age', '1.5'],
    ['max_age', '0x10'],
    ['max_age', '12345678'],
  ])('refuses %s=%j, names the parameter and does not quote the value', (path, value) => {
    const attempt = () => read(new URLSearchParams({ [path]: value }).toString())
    expect(attempt).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', extensions: { path } }))
  })

  it.each(['', 'prompt=none', 'prompt=login', 'prompt=select_account'])(
    'makes the person of a browser that was signed out sign in anew: %j',
    (query) => {
      expect(read(query, true)).toMatchObject({ anew: true, passedOn: { prompt: 'login' } })
    },
  )

  it.each(['prompt=login&prompt=evil', 'prompt=login&prompt=login', 'max_age=300&max_age=1', 'return=/a&return=/b'])(
    'refuses a parameter twice: %s',
    (query) => {
      const path = query.split('=', 1)[0]
      expect(() => read(query)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', extensions: { path } }))
    },
  )
})
