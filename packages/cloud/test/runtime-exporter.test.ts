/** The deployed exporter under Lambda's runtime client, with a fake of S3, an issuer, an endpoint and a local table. */
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createFakeS3 } from '../../exporter/test/kit/fake-s3.ts'
import { createFarSide, note, origin, personOf, tokenFor } from '../../exporter/test/kit/far-side.ts'
import { filesOf, manifestOf } from '../../exporter/test/kit/read-archive.ts'
import { exporter as build } from '../src/deployed.ts'
import type { Responder } from '../src/lambda/far-side.ts'
import { metricsOf } from './find-resources.ts'
import { ownIssuer } from './issuer-links.ts'
import { expectCounted, linesOf } from './metric-lines.ts'
import { createWorld, event, links, responseOf, type World } from './world.ts'

type Sandbox = Awaited<ReturnType<World['open']>>

const bucket = 'fieldnotes-runtime-exports'
const clientSecret = 'the-secret-of-the-exporter-at-its-issuer'
const own = {
  Notes: { ...links.Notes, fieldnotesIssuer: ownIssuer, issuers: '[]' },
  ExporterSettings: { bucket, clientSecret },
}

const far = createFarSide()
const s3 = createFakeS3()
far.notes = ['a', 'b', 'c'].map((id) => note(id))

/** The issuer and the endpoint, at their host names. */
async function hosts(...[request, response]: Parameters<Responder>): Promise<void> {
  const body = await text(request)
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const url = `https://${request.headers.host}${request.url}`
  const answer = await far.fetch(url, { body: isForm ? new URLSearchParams(body) : body })
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
}
const reached = { 'auth.example.com': hosts, 'api.example.com': hosts }
const services = { ...reached, [`${bucket}.s3.eu-west-1.amazonaws.com`]: s3.answer as Responder }

let world: World
let sandbox: Sandbox

beforeAll(async () => {
  world = await createWorld(build)
  sandbox = await world.open('exporter', { links: own, services })
})

afterAll(() => world.stop())

async function call(at: Sandbox, method: string, path: string, token: string) {
  const { statusCode, headers, body } = responseOf(await at.invoke(event(path, { method, token })))
  return { status: statusCode, headers, body: body ? JSON.parse(body) : {} }
}

describe('the exporter under Lambda’s runtime client', () => {
  it('reads a person’s notes with an exchanged token, stores the archive in S3, and links it for 60 seconds', async () => {
    const token = await tokenFor(personOf('alice'))
    const { status, body } = await call(sandbox, 'POST', '/exporter/exports', token)
    expect([status, body.status]).toEqual([202, 'done'])
    const [exchange] = far.exchanges
    expect([exchange?.get('resource'), exchange?.get('scope')]).toEqual([`${origin}/graphql`, 'notes:read'])
    const archive = await call(sandbox, 'GET', body.archive.replace(origin, ''), token)
    const link = new URL(archive.headers.location ?? '')
    expect([archive.status, link.searchParams.get('X-Amz-Expires')]).toEqual([303, '60'])
    const stored = [...s3.objects]
    expect(stored.map(([key]) => `/${key}`)).toEqual([link.pathname])
    const { files, absent } = manifestOf(await filesOf(stored[0]?.[1] ?? new Uint8Array()))
    expect([files.length, absent]).toEqual([4, [{ path: 'me.sessions', code: 'FORBIDDEN' }]])
  })

  it('refuses a token for the endpoint, and another person’s export', async () => {
    const hers = await tokenFor(personOf('alice'))
    const { body } = await call(sandbox, 'POST', '/exporter/exports', hers)
    const path = `/exporter/exports/${body.id}`
    const statuses = []
    for (const token of [hers, await tokenFor(personOf('bob')), await tokenFor('x', { aud: `${origin}/graphql` }), ''])
      statuses.push((await call(sandbox, 'GET', path, token)).status)
    expect(statuses).toEqual([200, 404, 401, 401])
  })

  it('is 503 where the issuer is out of reach, and never a refusal', async () => {
    const cut = await world.open('without-issuer', { links: own, services: {} })
    const { status, body } = await call(cut, 'POST', '/exporter/exports', await tokenFor(personOf('cut')))
    expect([status, body.code]).toEqual([503, 'UNAVAILABLE'])
  })

  it('keeps an export pending while S3 is out of reach, counts it, and goes on later', async () => {
    const cut = await world.open('without-s3', { links: own, services: reached })
    const token = await tokenFor(personOf('carol'))
    const first = await call(cut, 'POST', '/exporter/exports', token)
    expect([first.status, first.body.status]).toEqual([202, 'pending'])
    const second = await call(sandbox, 'POST', '/exporter/exports', token)
    expect([second.body.status, second.headers.location]).toEqual(['done', first.headers.location])
    await vi.waitFor(() => expect(cut.log).toMatch(/"export\.interrupted".*\n/))
    await vi.waitFor(() => expect(sandbox.log).toMatch(new RegExp(`"export\\.done".*${second.body.id}.*\n`)))
    const lines = linesOf(`${sandbox.log}${cut.log}`)
    const filters = metricsOf(inject('production'), '/fieldnotes/production/exporter')
    expect(filters).toHaveLength(1)
    for (const filter of filters) expectCounted(filter, lines)
    for (const secret of [clientSecret, token, 'smaller']) expect(JSON.stringify(lines)).not.toContain(secret)
  })

  it.each([
    ['without links', {}, /Notes\.resource is missing[\s\S]*ExporterSettings\.bucket/],
    [
      'with an issuer of a laptop',
      { ...own, Notes: { ...own.Notes, fieldnotesIssuer: 'http://127.0.0.1:4000/oauth' } },
      /Notes\.fieldnotesIssuer is not usable/,
    ],
    [
      'with a short secret',
      { ...own, ExporterSettings: { bucket, clientSecret: 'short' } },
      /ExporterSettings\.clientSecret is not usable(?![\s\S]*short)/,
    ],
  ])('does not start %s', async (what, given, words) => {
    const broken = await world.open(what.replaceAll(' ', '-'), { links: given, services })
    expect(await broken.invoke(event('/exporter/exports'))).toEqual({
      errorType: 'Runtime.InitError',
      errorMessage: expect.stringMatching(words),
    })
  })
})
