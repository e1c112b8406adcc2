/** `npm run bench:issuer` still measures: the bundle starts with the settings of the command, and gives each token. */
import { expect, it } from 'vitest'
import { measureColdIssuer } from '../src/cold/issuer-cold.ts'

process.env.AWS_ACCESS_KEY_ID ??= 'none'
process.env.AWS_SECRET_ACCESS_KEY ??= 'none'

it('starts the deployed bundle once for each token', async () => {
  const milliseconds = expect.any(Number)
  const measured = { ready: milliseconds, program: milliseconds, exchange: milliseconds, renewal: milliseconds }
  expect(await measureColdIssuer(1)).toEqual(measured)
})
