/**
 * Mutations that write the table Access alone. Their lost answers and outages are tested where they are written:
 * `packages/table/test/sign-outs.test.ts`, `connected-apps.test.ts` there, `packages/session/test/store`,
 * `packages/api/test/sign-ins`.
 */
export const signInMutations: readonly string[] = ['revokeApp', 'revokeSession', 'signOut']

/** Mutations that write nothing here: another service does. Tested in `packages/api/test/downstream`. */
export const downstreamMutations: readonly string[] = ['exportMyData']
