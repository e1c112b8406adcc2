/** firebase-admin is an optional package. This file recognises its absence and names it. */

/** The optional package is needed and not installed. */
export class FirebaseAdminMissing extends Error {
  override readonly name = 'FirebaseAdminMissing'

  constructor(issuer: string) {
    super(`issuer ${issuer} has onlineCheck: true, which needs the package firebase-admin: npm install firebase-admin`)
  }
}

/** Messages of Node.js (to which esbuild leaves the import), of webpack, and of Vite's development builds. */
const messages: readonly RegExp[] = [
  /^Cannot find package 'firebase-admin'/,
  /^Cannot find module 'firebase-admin\/(app|auth)'/,
  /^Could not resolve "firebase-admin\/(app|auth)"/,
]

/**
 * Whether an error of `import()` says that firebase-admin itself is missing. A file or package that is missing inside
 * an installed firebase-admin is another fault.
 */
export function saysMissing(error: unknown): boolean {
  return error instanceof Error && messages.some((pattern) => pattern.test(error.message))
}
