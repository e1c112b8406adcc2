import { describe, expect, it } from 'vitest'
import { newCookieSecret } from '../../src/crypto/cookie-secret.ts'
import { removeCookie, setCookie, signInCookieOf, surplusSignInCookies } from '../../src/http/cookies.ts'
import { cookieOf, hasCookie, pathOf } from '../../src/http/event.ts'

describe('cookieOf', () => {
  it.each([
    [undefined, undefined],
    [[], undefined],
    [['a=1'], '1'],
    [['b=2', 'a=1'], '1'],
    [['a='], ''],
    [['a=1=2'], '1=2'],
    [['aa=1', 'A=1', ' a=1'], undefined],
    [['a=1', 'a=1'], undefined],
  ])('of %j is %j', (cookies, value) => {
    expect(cookieOf(cookies ? { cookies } : {}, 'a')).toBe(value)
  })

  it('two of one name are cookies all the same', () => {
    expect([hasCookie({ cookies: ['a=1', 'a=2'] }, 'a'), hasCookie({}, 'a')]).toEqual([true, false])
  })
})

describe('pathOf', () => {
  it.each([
    ['$default', '/session', '/session'],
    ['prod', '/prod/session', '/session'],
    ['prod', '/session', '/session'],
    ['session', '/session/session', '/session'],
  ])('in stage %s, %s is %s', (stage, rawPath, path) => {
    expect(pathOf({ rawPath, requestContext: { stage } as never })).toBe(path)
  })
})

describe('a cookie', () => {
  it('is bound to this host, and to no script', () => {
    const secret = newCookieSecret()
    const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'
    expect(setCookie('__Host-a', secret, 60)).toBe(`__Host-a=${secret}; ${attributes}; Max-Age=60`)
    expect(removeCookie('__Host-a')).toBe(`__Host-a=; ${attributes}; Max-Age=0`)
  })

  it('of a started sign-in makes room for itself among five, and takes no other cookie away', () => {
    const own = ['a', 'b', 'c', 'd', 'e', 'f'].map((state) => `${signInCookieOf(state)}=x`)
    const names = own.map((cookie) => cookie.slice(0, -2))
    const surplusOf = (count: number) =>
      surplusSignInCookies({ cookies: ['__Host-session=x', ...own.slice(0, count), 'theme=dark'] })
    expect([0, 4, 5, 6].map(surplusOf)).toEqual([[], [], names.slice(0, 1), names.slice(0, 2)])
    expect(surplusSignInCookies({})).toEqual([])
  })

  it('of a started sign-in is one of our form, and a response removes 20 of them', () => {
    const foreign = ['__Host-login-', '__Host-login-=x', '__Host-login-\u00e9=x', `${signInCookieOf('a')}a=x`]
    expect(surplusSignInCookies({ cookies: [...foreign, ...foreign] })).toEqual([])
    const many = Array.from({ length: 400 }, (_, index) => `${signInCookieOf(String(index))}=`)
    expect(surplusSignInCookies({ cookies: many })).toEqual(many.slice(0, 20).map((cookie) => cookie.slice(0, -1)))
  })
})
