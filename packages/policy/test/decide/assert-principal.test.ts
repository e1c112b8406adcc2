import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { anonymous } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { assertPrincipal, isPrincipal } from '../../src/decide/assert-principal.ts'
import { alice, machine } from '../shop.ts'
import { thrownBy } from '../thrown.ts'

const right = [anonymous, alice, machine([])]
const wrong = [undefined, null, 'alice', {}, { id: 'alice' }, { kind: 'admin' }, { kind: undefined }, []]

describe('a principal', () => {
  it.each(right)('is a caller of a known kind: %j', (principal) => {
    expect(isPrincipal(principal)).toBe(true)
    expect(() => assertPrincipal(principal, 'here')).not.toThrow()
  })

  it.each(wrong)('is not %j', (principal) => {
    expect(isPrincipal(principal)).toBe(false)
    expect(thrownBy(() => assertPrincipal(principal, 'here'))).toMatchObject({
      code: 'INTERNAL',
      message: 'Something went wrong on our side.',
      reason: expect.stringMatching(/^here: the context has no principal\. Let the function that makes the context/),
    })
  })
})

/** A server whose context has no principal, as a program of its own: the warning is printed once per process. */
async function runWithout(member: string) {
  const program = `
    import { createPolicy } from '@fieldnotes/policy/policy'
    import { signedIn } from '@fieldnotes/policy/rules'
    import { buildSchema, graphql } from 'graphql'
    const { schema } = createPolicy(buildSchema('type Query { a: String b: String }'), { Query: { a: signedIn, b: signedIn } })
    const contextValue = { ${member} }
    for (const _ of [1, 2]) console.log(JSON.stringify(await graphql({ schema, source: '{ a b }', contextValue, rootValue: { a: 'x' } })))
  `
  const options = { cwd: import.meta.dirname }
  return promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], options)
}

describe('a server without a principal', () => {
  it('prints once what to pass, and masks it for clients', async () => {
    const { stdout, stderr } = await runWithout("user: 'alice'")
    expect(stderr.match(/FIELDNOTES_NO_PRINCIPAL/g)).toHaveLength(1)
    expect(stderr).toContain('Query.a: the context has no principal. Let the function that makes the context of')
    expect(stdout.match(/"code":"INTERNAL"/g)).toHaveLength(4)
    expect(stdout).not.toContain('principal')
  })

  it('prints nothing where there is one', async () => {
    const { stdout, stderr } = await runWithout("principal: { kind: 'anonymous' }")
    expect(stderr).toBe('')
    expect(stdout.match(/"code":"UNAUTHENTICATED"/g)).toHaveLength(4)
  })
})
