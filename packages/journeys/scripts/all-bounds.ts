/**
 * Limits on the work and memory of one request: the source change that removes each one, and the test that must then
 * fail.
 */
import { apiBounds } from './bounds-api.ts'
import { exporterBounds } from './bounds-exporter.ts'
import { identityBounds } from './bounds-identity.ts'
import { inputBounds } from './bounds-inputs.ts'
import { limitBounds } from './bounds-limits.ts'
import { policyBounds } from './bounds-policy.ts'
import { sessionBounds } from './bounds-session.ts'

/** A change of one source file. */
export interface SourceChange {
  /** Path from the root of the repository. */
  readonly file: string
  /** Text that is in the file exactly once. */
  readonly from: string
  readonly to: string
}

/** A test by its project, file and name. */
export interface DetectingTest {
  readonly project: 'hostile' | 'journeys' | 'unit'
  /** Path from the root of the repository. */
  readonly test: string
  /** Pattern of the names of the tests to run. */
  readonly only: string
}

/** A limit. It has several changes where another limit guards the same thing: both are removed. */
export interface Bound extends DetectingTest {
  readonly name: string
  readonly changes: readonly SourceChange[]
}

/** All limits. */
export const bounds: readonly Bound[] = [
  ...policyBounds,
  ...apiBounds,
  ...inputBounds,
  ...identityBounds,
  ...sessionBounds,
  ...exporterBounds,
  ...limitBounds,
]

/** Numbers that the check of `bounds.test.ts` finds and that bound no work of a request, with the reason. */
export const others: readonly { readonly file: string; readonly name: string; readonly why: string }[] = [
  {
    file: 'packages/api/src/downstream/exchange-for.ts',
    name: 'signInSecondsMax',
    why: 'an age of sign-ins that the issuer decides about: it selects the remedy of the refusal',
  },
  {
    file: 'packages/exporter/src/store/s3-store.ts',
    name: 'millisMax',
    why: 'a number of milliseconds: the test ends each request after a smaller one',
  },
  {
    file: 'packages/exporter/src/store/s3-store.ts',
    name: 'attemptsMax',
    why: 'attempts of a request, each of which has its own time',
  },
  {
    file: 'packages/exporter/src/jobs/work-periods.ts',
    name: 'attemptsMax',
    why: 'attempts of a write that collides with others: 20 requests at once take periods of work in its test',
  },
  {
    file: 'packages/exporter/src/jobs/job-store.ts',
    name: 'attemptsMax',
    why: 'attempts of a write that collides with others: three processes at once start one export in its test',
  },
  {
    file: 'packages/exporter/src/worker.ts',
    name: 'pageBytesMax',
    why: 'answers of our own endpoint, which limits its pages: the bound itself is in the test of the client',
  },
  {
    file: 'packages/client/src/send.ts',
    name: 'millisMax',
    why: 'each caller has its own, or 10 seconds: a silent server is in the test of the client',
  },
  {
    file: 'packages/table/src/retry-limits.ts',
    name: 'writeAttemptsMax',
    why: 'attempts of a write that collides with others: faults of the store, which its own tests make',
  },
  {
    file: 'packages/table/src/retry-limits.ts',
    name: 'requestAttemptsMax',
    why: 'attempts at a database that fails: table.test.ts counts them',
  },
  {
    file: 'packages/table/src/retry-limits.ts',
    name: 'waitMsMax',
    why: 'the wait between two attempts: the deadline of the request ends it',
  },
  {
    file: 'packages/policy/src/policy.ts',
    name: 'grantSetsMax',
    why: 'sets of grants come from issuers, and no request chooses them; policy.test.ts sets the number to 1',
  },
  {
    file: 'packages/policy/src/prove/atoms.ts',
    name: 'atomsMax',
    why: 'work of `npm run prove`, which no request starts; tests of the proofs exceed it',
  },
  {
    file: 'packages/policy/src/remedy/known-facts.ts',
    name: 'factsMax',
    why: 'rules on the object in one rule of the table: no request chooses them',
  },
  {
    file: 'packages/policy/src/remedy/kept-remedies.ts',
    name: 'keptMax',
    why: 'results that are kept: a smaller number computes them again, and the answers are the same',
  },
  {
    file: 'packages/policy/src/remedy/missing-scopes.ts',
    name: 'namedMax',
    why: 'alternatives of one rule of the table, which no request chooses; remedies.test.ts has the number',
  },
  {
    file: 'packages/policy/src/remedy/scope-sets.ts',
    name: 'setsMax',
    why: 'alternatives of one rule of the table: no request chooses them',
  },
  {
    file: 'packages/policy/src/matrix/cell-words.ts',
    name: 'shortMax',
    why: 'the length of a word in a cell of the matrix, which no request prints',
  },
  {
    file: 'packages/policy/src/whatif/what-if.ts',
    name: 'missingMax',
    why: 'work of `npm run whatif`, which no request starts',
  },
  {
    file: 'packages/policy/src/whatif/recorded.ts',
    name: 'recordsMax',
    why: 'decisions that an endpoint records only where a stage requests it; its test counts what is dropped',
  },
  {
    file: 'packages/api/src/graphql/deprecated-use.ts',
    name: 'deprecatedUsesMax',
    why: 'log lines about deprecated fields, of which this schema has none; its test exceeds it with another schema',
  },
  ...['credentialSecondsMax', 'idTokenSecondsMax'].map((name) => ({
    file: 'packages/identity/src/signed-requests.ts',
    name,
    why: 'the life of credentials, which the identity pool decides: revocations are read for that long',
  })),
  ...['keysMax', 'clientsMax', 'limitMax', 'secondMax'].map((name) => ({
    file: 'packages/api/src/keys/application.ts',
    name,
    why: 'what operators store of an application: no request chooses it',
  })),
  {
    file: 'packages/api/src/keys/check-key.ts',
    name: 'notedMax',
    why: 'keys that operators have made: a smaller number notes their use more often',
  },
  {
    file: 'packages/api/src/keys/stored-applications.ts',
    name: 'ofClientMax',
    why: 'applications of one client, which operators make: no request chooses their number',
  },
  { file: 'packages/table/src/table.ts', name: 'batchMax', why: 'DynamoDB refuses a larger batch' },
  {
    file: 'packages/api/src/notes/pages.ts',
    name: 'readMax',
    why: 'a larger number means fewer and larger requests for the same items; a page of DynamoDB has 1 MB at most',
  },
  ...['keysFreshSecondsMax', 'keysStaleSecondsMax', 'keysCooldownSeconds', 'keysRetrySeconds'].map((name) => ({
    file: 'packages/identity/src/bounds.ts',
    name,
    why: 'the time for which a key is trusted, or between two fetches; tests of key sets wait for this number',
  })),
  ...['keysFetchMillisMax', 'onlineCheckMillisMax', 'verifiedTokensMax'].map((name) => ({
    file: 'packages/identity/src/bounds.ts',
    name,
    why: 'tests of key sets, accounts and verified tokens set a smaller number',
  })),
  ...['freshSeconds', 'readMillisMax', 'retrySeconds'].map((name) => ({
    file: 'packages/identity/src/bounds.ts',
    name,
    why: 'the age of a list, or the time of its reads; revocation-list.test.ts, group-policies.test.ts wait for it',
  })),
  {
    file: 'packages/table/src/sign-outs.ts',
    name: 'pageMax',
    why: 'the page of a query of the process that informs issuers: no request reads it',
  },
  {
    file: 'packages/table/src/lasting-ends.ts',
    name: 'refreshableSecondsMax',
    why: 'how long an end is stored: no request can name it',
  },
  {
    file: 'packages/table/src/connected-apps.ts',
    name: 'pageMax',
    why: 'the page of a query, which goes on with the next: operators alone add clients, and a person has each once',
  },
  {
    file: 'packages/table/src/session-store.ts',
    name: 'pageMax',
    why: 'the page of a query, which goes on with the next: the sessions of a person end by themselves',
  },
  {
    file: 'packages/table/src/lasting-ends.ts',
    name: 'refreshableSecondsMax',
    why: 'what a row of the table of grants may say; client-faults.test.ts has a larger number',
  },
  {
    file: 'packages/table/src/revocations.ts',
    name: 'itemsMax',
    why: 'a page of DynamoDB has 1 MB at most; revocations.test.ts reads one, and refuses more',
  },
  {
    file: 'packages/identity/src/bounds.ts',
    name: 'policiesMax',
    why: 'policies of all groups, which operators write; group-policies.test.ts has one more than the number',
  },
  {
    file: 'packages/table/src/group-policies.ts',
    name: 'itemsMax',
    why: 'a page of DynamoDB has 1 MB at most; group-policies.test.ts refuses more',
  },
  {
    file: 'packages/core/src/group-policy.ts',
    name: 'groupPoliciesMax',
    why: 'policies of all groups: operators write them, and no request; parse-groups.test.ts has the number',
  },
  {
    file: 'packages/core/src/group-policy.ts',
    name: 'policyScopesMax',
    why: 'scopes of one policy, which operators write; group-policy.test.ts has the number',
  },
  {
    file: 'packages/core/src/revocation.ts',
    name: 'revocationClocksSecondsMax',
    why: 'the difference of clocks for which entries are read; revocation-list.test.ts has the sums as numbers',
  },
  {
    file: 'packages/identity/src/bounds.ts',
    name: 'rsaBitsMin',
    why: 'the strength of a key, not its work',
  },
  {
    file: 'packages/core/src/oidc-issuers.ts',
    name: 'issuersMax',
    why: 'the settings of an operator, read once at the start',
  },
  {
    file: 'packages/core/src/issuer-rules.ts',
    name: 'issuerLifetimeSecondsMax',
    why: 'what the settings of an issuer may say; assert-settings.test.ts has a larger number',
  },
]
