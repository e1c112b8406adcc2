import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

/** Runs in a process of its own, because this one has loaded everything. */
async function loadedAfter(specifier: string): Promise<string> {
  const script = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({
      resolve(name, context, next) {
        const found = next(name, context)
        seen.push(found.url)
        return found
      },
    })
    await import(${JSON.stringify(import.meta.resolve(specifier))})
    console.log(seen.join('\\n'))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  return stdout
}

describe('importing identity', () => {
  it('loads neither firebase-admin nor the whole of aws-jwt-verify', async () => {
    const loaded = await loadedAfter('../../src/identity.ts')
    expect(loaded).toContain('aws-jwt-verify')
    expect(loaded).not.toContain('firebase-admin')
    expect(loaded).not.toContain('cognito-verifier')
  })
})
