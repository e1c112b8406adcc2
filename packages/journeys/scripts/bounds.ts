/**
 * A limit on the work or memory of one request: the source change that removes it, and the test that must then fail.
 */

export interface Bound {
  readonly name: string
  /** Path from the root of the repository. */
  readonly file: string
  readonly from: string
  readonly to: string
  /** Test file in `test/hostile`. */
  readonly test: string
  /** Pattern of the names of the tests to run. */
  readonly only: string
}

function hostile(group: string, name: string) {
  return {
    test: 'hostile.test.ts',
    only: `the ${group} of a request.*${name}`,
  }
}
function held(name: string) {
  return { test: 'held-memory.test.ts', only: name }
}

/** All limits that a test of `test/hostile` covers. */
export const bounds: readonly Bound[] = [
  {
    name: 'errors of variables',
    file: 'packages/policy/src/coerce-variables.ts',
    from: 'if (errors.length >= variableErrorsMax) throw enough',
    to: '',
    ...hostile('values', 'nulls in a list'),
  },
  {
    name: 'values of variables',
    file: 'packages/policy/src/coerce-variables.ts',
    from: 'if (values > variableValuesMax) throw tooMany',
    to: '',
    ...hostile('values', 'numbers in a list'),
  },
  {
    name: 'variables that the operation declares',
    file: 'packages/policy/src/cost.ts',
    from: 'valueFromASTUntyped(node, variables)',
    to: 'valueFromASTUntyped(node, { ...variables, ...Object.fromEntries(Array(20000).fill(0).entries()) })',
    ...hostile('members', 'variables beside declared ones'),
  },
  {
    name: 'keys of plans',
    file: 'packages/policy/src/engine.ts',
    from: 'const bits = bitsOf(flags, found.coerced)',
    to: 'const bits = Object.values(found.coerced).join()',
    ...held('values of ordinary variables'),
  },
  {
    name: 'characters of plans',
    file: 'packages/policy/src/engine.ts',
    from: 'plansMax = 1000, plannedCharactersMax = 250_000',
    to: 'plansMax = 100_000, plannedCharactersMax = 1e9',
    ...held('documents that differ'),
  },
  {
    name: 'characters of documents',
    file: 'packages/api/src/graphql/document-cache.ts',
    from: 'export const charactersInAllMax = 250_000',
    to: 'export const charactersInAllMax = 1e9',
    ...held('documents that are not valid'),
  },
  {
    name: 'characters of a document',
    file: 'packages/policy/src/limits.ts',
    from: "if (source.length > limits.characters) throw limitExceeded('characters', limits.characters, source.length)",
    to: '',
    ...hostile('members', 'query'),
  },
  {
    name: 'nesting of a document',
    file: 'packages/policy/src/limits.ts',
    from: "if (isNestedDeeper(source, limits.nesting)) throw limitExceeded('nesting', limits.nesting)",
    to: '',
    test: 'never-internal.test.ts',
    only: 'as brackets within brackets',
  },
  {
    name: 'tokens of a document',
    file: 'packages/api/src/graphql/apollo-server.ts',
    from: 'parseOptions: { maxTokens: limitsDefault.tokens },',
    to: '',
    ...hostile('documents', 'numbers in a list'),
  },
  {
    name: 'measures of a document',
    file: 'packages/policy/src/limits.ts',
    from: 'if (found > limits[name]) throw limitExceeded(name, limits[name], found)',
    to: '',
    ...hostile('documents', 'fragments that double'),
  },
  {
    name: 'errors of a document',
    file: 'packages/api/src/graphql/validation.ts',
    from: '{ maxErrors: validationErrorsMax }',
    to: '{ maxErrors: 1e9 }',
    ...hostile('documents', 'unknown'),
  },
  {
    name: 'length before normal form',
    file: 'packages/core/src/visible-text.ts',
    from: "if (text.length > charactersMax * unitsPerDecomposed) return { line: '', fault: lengthFault(charactersMax) }\n  const bare = text.trim()",
    to: "const bare = text.normalize('NFC').trim()",
    ...hostile('values', 'combining marks$'),
  },
  {
    name: 'hashes that are text',
    file: 'packages/api/src/graphql/documents.ts',
    from: 'assertHash(body)',
    to: '',
    test: 'never-internal.test.ts',
    only: 'as what goes around an operation',
  },
  {
    name: 'bytes of a body',
    file: 'packages/api/src/http/request-body.ts',
    from: 'if (bytes.length > bodyBytesMax) throw tooLarge()',
    to: '',
    test: 'never-internal.test.ts',
    only: 'as a body of 1,000,001 bytes',
  },
  {
    name: 'characters of media types',
    file: 'packages/api/src/graphql/remembered-header.ts',
    from: '|| header.length > headerCharactersMax',
    to: '',
    ...hostile('headers', 'accept: stars'),
  },
]
