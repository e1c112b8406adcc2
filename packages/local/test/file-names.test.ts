/** Names of source files: no two of a package differ by one letter, and one name has one meaning in all packages. */
import { basename, extname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesAt } from './imports.ts'

/** Pairs in one package that are both the field's word. */
const pairs: Readonly<Record<string, string>> = {
  'handle handler': 'the handle of a person; the handler of the function, as Lambda calls it',
  'roles rules': 'what a share permits; what a field requires',
}

/** Names in several packages, each with the one thing that all of them are about. */
const shared: Readonly<Record<string, string>> = {
  authorizer: 'the Lambda authorizer, and its deployment',
  config: 'the configuration of a deployed function',
  cors: 'the settings, and the laptop’s gateway that follows them',
  event: 'the event of API Gateway',
  gateway: 'API Gateway, deployed and on the laptop',
  'group-policies': 'policies of groups: stored in the table, judged by identity, read by the endpoint',
  handler: 'the entry of a Lambda function',
  'identity-pool': 'the identity pool, deployed and on the laptop',
  introspection: 'introspection of tokens (RFC 7662)',
  issuer: 'an issuer of tokens',
  links: 'SST’s links',
  matrix: 'who may read what, and the command that prints it',
  'opaque-tokens': 'access tokens without readable contents: stored in the table, looked up by the endpoint',
  operations: 'GraphQL operations that clients send',
  'parse-config': 'parses the links of a deployed function',
  'pre-token': 'Cognito’s trigger, and its deployment',
  proofs: 'DPoP proofs: judged by identity, used up in the table by the endpoint',
  prove: 'the proofs, and their command for our rules',
  receipts: 'receipts of keyed mutations',
  resolvers: 'the resolvers of the schema',
  revocations: 'revoked credentials: stored in the table, read by the endpoint and the authorizer',
  routes: 'the table of routes, and its deployment',
  rules: 'rules of fields',
  schema: 'the GraphQL schema',
  'signed-requests': 'requests that AWS has authenticated, and whose are answered',
  table: 'the table in DynamoDB, and its deployment',
  'user-info': 'the endpoint of claims about a person (OpenID Connect Core 1.0 §5.3)',
}

const files = filesAt('{packages/*/{src,scripts},infra}/**/*.{ts,mjs}').filter(
  (file) => !file.includes('node_modules') && !file.endsWith('.d.ts'),
)

/** Package of a path → names of its files, without folder and extension. */
function namesByPackage(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(paths, (path) => path.split('/').slice(0, 2).join('/')) as never
}

function nameOf(path: string): string {
  return basename(path, extname(path))
}

/** Whether two names are the same but for one letter, which one of them may lack. */
function isNear(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1 || short === long) return false
  const at = [...short].findIndex((letter, index) => letter !== long[index])
  if (at < 0) return true
  return short.slice(at + (short.length === long.length ? 1 : 0)) === long.slice(at + 1)
}

function nearPairs(paths: readonly string[]): readonly string[] {
  const names = [...new Set(paths.map(nameOf))].sort()
  return names.flatMap((one, at) =>
    names
      .slice(at + 1)
      .filter((other) => isNear(one, other))
      .map((other) => `${one} ${other}`),
  )
}

/** Names of files in more than one package. */
function repeated(paths: readonly string[]): readonly string[] {
  const packages = [...namesByPackage(paths).values()].flatMap((of) => [...new Set(of.map(nameOf))])
  return [...new Set(packages.filter((name, at) => packages.indexOf(name) !== at))].sort()
}

describe('names of source files', () => {
  it('differ by more than one letter in a package', () => {
    const found = [...namesByPackage(files).values()].flatMap(nearPairs)
    expect(files.length).toBeGreaterThan(350)
    expect(found.sort()).toEqual(Object.keys(pairs).sort())
  })

  it('are in several packages only for one thing', () => {
    expect(repeated(files)).toEqual(Object.keys(shared).sort())
  })

  it.each([
    ['note', 'notes', true],
    ['executor', 'executors', true],
    ['node', 'note', true],
    ['bound', 'abound', true],
    ['note', 'note', false],
    ['note', 'noted-x', false],
    ['abc', 'acb', false],
  ])('%s and %s are near: %s', (one, other, expected) => {
    expect([isNear(one, other), isNear(other, one)]).toEqual([expected, expected])
  })

  it('would be found in two folders of a package, and in two packages', () => {
    expect(nearPairs(['packages/a/src/x/note.ts', 'packages/a/src/notes.ts'])).toEqual(['note notes'])
    expect(repeated(['packages/a/src/x.ts', 'packages/b/scripts/x.ts', 'packages/b/src/y.ts'])).toEqual(['x'])
  })
})
