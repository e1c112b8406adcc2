/** Lambda's limit of a response, at the Runtime API that the tests of the runtime use. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { serveRuntimeApi } from '../src/lambda/runtime-api.ts'

/** 6 MiB and 100 bytes, as the documentation of Lambda's quotas and its error message give it. */
const answerBytesMax = 6_291_556

/** The outcome of an invocation whose function responds with `payload`. */
async function outcomeOf(payload: string) {
  const api = await serveRuntimeApi({ timeoutSeconds: 60, onTimeout: () => {} })
  onTestFinished(api.close)
  const outcome = api.invoke({})
  const invocations = `http://127.0.0.1:${api.port}/2018-06-01/runtime/invocation`
  const id = (await fetch(`${invocations}/next`)).headers.get('Lambda-Runtime-Aws-Request-Id')
  await fetch(`${invocations}/${id}/response`, { method: 'POST', body: payload })
  return outcome
}

describe('the Runtime API', () => {
  it('passes a response of the largest size', async () => {
    const payload = 'x'.repeat(answerBytesMax)
    expect(await outcomeOf(payload)).toEqual({ payload })
  })

  it.each([
    ['a byte more', 'x'.repeat(answerBytesMax + 1)],
    ['fewer characters but a byte more', `é${'x'.repeat(answerBytesMax - 1)}`],
  ])('refuses a response with %s', async (_, payload) => {
    expect(await outcomeOf(payload)).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' })
  })
})
