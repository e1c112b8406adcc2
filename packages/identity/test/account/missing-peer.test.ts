import { describe, expect, it } from 'vitest'
import { saysMissing } from '../../src/account/missing-peer.ts'

describe('saysMissing', () => {
  it.each([
    ['Node.js', "Cannot find package 'firebase-admin' imported from /app/out/firebase-accounts.js"],
    ['webpack', "Cannot find module 'firebase-admin/app'"],
    ['a development build of Vite', 'Could not resolve "firebase-admin/auth" imported by "@fieldnotes/identity".'],
  ])('recognises the error of %s', (_what, message) => {
    expect(saysMissing(new Error(message))).toBe(true)
  })

  it.each([
    [
      'a package that firebase-admin needs',
      "Cannot find package 'jose' imported from /app/node_modules/firebase-admin",
    ],
    ['a file of firebase-admin', "Cannot find module '/app/node_modules/firebase-admin/lib/esm/app/index.js'"],
    ['a package with a longer name', "Cannot find package 'firebase-admin-extra' imported from /app/out/a.js"],
    ['a fault inside firebase-admin', 'no credential'],
  ])('leaves the error of %s as it is', (_what, message) => {
    expect(saysMissing(new Error(message))).toBe(false)
  })

  it('leaves a thrown value that is no Error as it is', () => {
    expect(saysMissing({ message: "Cannot find package 'firebase-admin'" })).toBe(false)
  })
})
