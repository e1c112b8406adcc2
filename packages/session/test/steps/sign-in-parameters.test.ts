import { describe, expect, it } from 'vitest'
import { passedOnOf } from '../../src/steps/sign-in-parameters.ts'

function read(query: string) {
  return passedOnOf(new URLSearchParams(query))
}

describe('passedOnOf', () => {
  it('passes provider, prompt and max_age on under the names of the provider, and nothing else', () => {
    const query = 'provider=Google&prompt=login&max_age=300&client_id=evil&redirect_uri=evil&state=evil&scope=all'
    expect(read(query)).toEqual({
      passedOn: { identity_provider: 'Google', prompt: 'login', max_age: '300' },
      maxAge: 300,
    })
    expect(read('return=/')).toEqual({ passedOn: {}, maxAge: undefined })
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

  it('refuses a second value that is not accepted', () => {
    expect(() => read('prompt=login&prompt=evil')).toThrow(expect.objectContaining({ extensions: { path: 'prompt' } }))
  })
})
