/** `sst dev`: what it deploys in the place of each function, and on which stages it is refused. */
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { evaluate } from '../src/graph/evaluate.ts'
import type { Graph } from '../src/graph/graph.ts'
import { requiredSecrets } from '../src/required-secrets.ts'
import { all, one, statementsOf, trustOf } from './find-resources.ts'

const env = { FIELDNOTES_ORIGINS: 'https://notes.example.com' }
const deployed = inject('personal')
const functions = all(deployed, 'sst:aws:Function').map(({ name }) => name)

let live: Graph

beforeAll(async () => {
  live = await evaluate({ stage: 'alice', secrets: requiredSecrets, dev: true })
})

/** Without the random ending of a physical name. */
function settled(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/-[a-z]{8}(?=[/"])/g, ''))
}

describe('sst dev', () => {
  it('runs every function on the developer’s machine, with the handler and the links of the deployed one', () => {
    expect(functions.length).toBeGreaterThan(1)
    for (const name of functions) {
      const { handler, links = {} } = deployed.builds[name] ?? {}
      const { outputs } = one(live, 'sst:aws:Function', name)
      expect(outputs?._live).toMatchObject({ functionID: name, handler, links: Object.keys(links) })
    }
  })

  it('deploys a stub in its place, so that a change of code needs no deployment', () => {
    expect(live.builds).toEqual({})
    for (const { inputs } of all(live, 'aws:lambda/function:Function'))
      expect(inputs).toMatchObject({ handler: 'bootstrap', description: expect.stringMatching(/\blive\b/) })
  })

  it('keeps the rights of each function: what is missing there is missing deployed', () => {
    for (const name of functions) {
      const [own, added] = [deployed, live].map((graph) => statementsOf(one(graph, 'aws:iam/role:Role', `${name}Role`)))
      expect(settled(added?.slice(0, own?.length))).toEqual(settled(own))
      expect(added?.slice(own?.length).map(({ Action }) => Action)).toEqual([['appsync:*'], ['s3:*']])
    }
  })

  it('opens each role to the account, which a deployment never does', () => {
    for (const name of functions) {
      const role = one(live, 'aws:iam/role:Role', `${name}Role`)
      expect(JSON.stringify(trustOf(role))).toContain('arn:aws:iam::123456789012:root')
      expect(JSON.stringify(trustOf(one(deployed, 'aws:iam/role:Role', `${name}Role`)))).not.toContain('root')
    }
  })

  it.each(['production', 'preview', 'pr-7'])('is refused on the stage %s', async (stage) => {
    await expect(evaluate({ stage, secrets: requiredSecrets, env, dev: true })).rejects.toThrow(
      /sst dev: stage .* not a personal one/,
    )
  })
})
