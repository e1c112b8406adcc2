/** Changes after which production loses data, or an address that others have noted. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const keptDangers: readonly Danger[] = [
  danger('data that a replacement leaves behind', 'kept', 'kept', ['protect: stage.keep &&', 'protect: false &&']),
  danger('a pool that the last replacement left unprotected', 'kept', 'kept', [
    'unprotected: readonly string[] = []',
    "unprotected: readonly string[] = ['UsersUserPool']",
  ]),
  danger('data that goes with its definition', 'kept', 'kept', ['retainOnDelete: stage.keep', 'retainOnDelete: false']),
  danger('tables that can be replaced', 'kept', 'table-options', ['Object.assign(options, kept(name))', '']),
  danger('a pool that can be replaced', 'kept', 'user-pool', [
    'does not cover user pools.\n      Object.assign(options, kept(name))',
    '',
  ]),
  danger('sign-in pages that can move', 'kept', 'user-pool', [
    "each provider's settings.\n      Object.assign(options, kept(name))",
    "each provider's settings.",
  ]),
  danger('an address of the API that can change', 'kept', 'http-api', [
    'would not have.\n        Object.assign(options, kept(name))',
    '',
  ]),
  danger('access logs that go with the stage', 'kept', 'http-api', [
    'stage.logDays\n        Object.assign(options, kept(name))',
    'stage.logDays',
  ]),
  danger('logs that go with the stage', 'kept', 'lambda-role', ['    kept(name),\n', '']),
  danger('previews that nothing can replace', 'kept', 'kept', ['protect: stage.keep &&', 'protect: true ||']),
  danger('signing keys that a deployment can delete', 'kept', 'issuer-keys', [
    "return state === 'removed' ? {} : kept(name)",
    'return {}',
  ]),
  danger('a removed key that production never deletes', 'kept', 'issuer-keys', ["state === 'removed' ? {} : ", '']),
  danger('people under other names', 'kept', 'user-pool', ["usernames: ['email']", "usernames: ['email', 'phone']"]),
  danger('notes without their index', 'kept', 'table', [
    '    byChange: { rangeKey: changeKey, projection: byChange },\n',
    '',
  ]),
  danger('the sign-in pages at another address', 'kept', 'user-pool', [
    'domain: { prefix }',
    "domain: { prefix: 'notes' }",
  ]),
]
