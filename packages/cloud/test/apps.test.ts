import { developmentOrigins } from '@fieldnotes/core/cors'
import { digestOf } from '@fieldnotes/table/digest'
import { describe, expect, inject, it } from 'vitest'
import { all, one } from './find-resources.ts'

const stages = { production: inject('production'), preview: inject('preview'), personal: inject('personal') }
const clientType = 'aws:cognito/userPoolClient:UserPoolClient'

/** Members of a link, as `sst shell` hands them to commands. */
function linkOf(graph: typeof stages.personal, name: string) {
  return one(graph, 'sst:sst:LinkRef', `${name}LinkRef`).inputs.properties as Readonly<Record<string, unknown>>
}

describe('the link Apps', () => {
  it('has redirects to the developer’s machine on a personal stage alone, and each is registered', () => {
    const local = developmentOrigins.map((origin) => `${origin}/callback`)
    expect(linkOf(stages.personal, 'Apps').redirects).toEqual(local)
    expect(one(stages.personal, clientType, 'WebClient').inputs.callbackUrls).toEqual(expect.arrayContaining(local))
    for (const graph of [stages.production, stages.preview]) expect(linkOf(graph, 'Apps').redirects).toEqual([])
  })

  it.each(Object.entries(stages))('names the endpoint, the pool and the web app of %s', (_name, graph) => {
    expect(linkOf(graph, 'Apps')).toMatchObject({
      endpoint: linkOf(graph, 'Notes').resource,
      userPool: one(graph, 'aws:cognito/userPool:UserPool').id,
      webClient: one(graph, clientType, 'WebClient').id,
    })
  })

  it('has the client of programs and its secret where the stage has one, and no text where it has none', () => {
    expect(linkOf(stages.production, 'Apps')).toMatchObject({
      machineClient: one(stages.production, clientType, 'MachineClient').id,
      machineSecret: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    for (const graph of [stages.preview, stages.personal])
      expect(linkOf(graph, 'Apps')).toMatchObject({ machineClient: '', machineSecret: '' })
  })

  it('has the secrets of our own programs at the issuer, whose digests the issuer has, and of no function', () => {
    const clientSecrets = JSON.parse(String(linkOf(stages.production, 'Apps').clientSecrets))
    const secretDigests = JSON.parse(String(linkOf(stages.production, 'IssuerSettings').secretDigests))
    expect(Object.keys(clientSecrets)).toEqual(expect.arrayContaining(['portal', 'robot']))
    for (const [id, secret] of Object.entries(clientSecrets))
      expect([id, secretDigests[id]]).toEqual([id, [digestOf(String(secret))]])
    for (const id of ['exporter', 'fieldnotes-api', 'firebase-session']) expect(clientSecrets).not.toHaveProperty(id)
  })

  it.each(Object.entries(stages))('is linked to no function of %s, which would get the secret', (_name, graph) => {
    const builds = Object.values(graph.builds)
    expect(builds.length).toBeGreaterThan(0)
    for (const { links } of builds) expect(Object.keys(links)).not.toContain('Apps')
    expect(all(graph, 'aws:lambda/function:Function').length).toBeGreaterThan(0)
  })
})
