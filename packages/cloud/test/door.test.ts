/** `docs/add-a-door.md`, applied to a copy of the repository: on the laptop, deployed, and what it touches. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { routeKeysOf, routeRows } from '@fieldnotes/core/routes'
import { exporterRoutes } from '@fieldnotes/exporter/exporter-routes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate } from '../src/graph/evaluate.ts'
import type { Graph } from '../src/graph/graph.ts'
import { root } from '../src/paths.ts'
import { requiredSecrets } from '../src/required-secrets.ts'
import { copyTree, linkPackages, type TreeCopy } from '../src/tree-copy.ts'
import { all, one, routesAt, statementsOf } from './find-resources.ts'
import { applySteps, readWalk } from './walk.ts'

const walk = readWalk(readFileSync(join(root, 'docs/add-a-door.md'), 'utf8'))

interface Ended {
  readonly status: number | null
  readonly output: string
}

let copy: TreeCopy
let touched: readonly string[]
let withRowAlone: Ended
let withoutFunction: Ended

/** Runs a program of the repository in the copy. */
function run(program: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const file = join(root, 'node_modules/.bin', program)
    const child = execFile(file, args, { cwd: copy.root, env: { ...process.env, NO_COLOR: '1' } }, (_, out, err) =>
      resolve({ status: child.exitCode, output: `${out}${err}` }),
    )
  })
}

/** Runs `act` while the row of the door has this authorizer. */
async function withAuthorizer<T>(authorizer: string, act: () => Promise<T>): Promise<T> {
  const table = join(copy.root, 'packages/core/src/routes.ts')
  const text = readFileSync(table, 'utf8')
  writeFileSync(table, text.replace(/('\/clock': .*)'none'/, `$1'${authorizer}'`))
  try {
    return await act()
  } finally {
    writeFileSync(table, text)
  }
}

function test(projects: readonly string[], files: readonly string[]): Promise<Ended> {
  const options = projects.flatMap((project) => ['--project', project])
  return run('vitest', 'run', ...options, ...files.map((file) => `packages/${file}`))
}

beforeAll(async () => {
  copy = copyTree()
  const rows = applySteps(copy.root, walk, [1, 2])
  withRowAlone = await withAuthorizer('jwt', () => run('tsc', '--noEmit'))
  withoutFunction = await run('tsc', '--noEmit', '-p', 'infra')
  touched = [...rows, ...applySteps(copy.root, walk, [3, 4, 5, 6, 7])]
  linkPackages(copy.root)
})

afterAll(() => copy.remove())

describe('a row without its function', () => {
  it('does not compile: the laptop can not load it', () => {
    expect(withRowAlone.status).not.toBe(0)
    expect(withRowAlone.output).toMatch(/local\/src\/doors\.ts.*\n?.*Property 'clock' is missing/)
  })

  it('does not compile with an authorizer that there is not', () => {
    expect(withRowAlone.output).toMatch(/core\/src\/routes\.ts\S+ error TS2345[\s\S]*'"jwt"' is not assignable/)
  })

  it('does not compile: the gateway can not call it', () => {
    expect(withoutFunction.status).not.toBe(0)
    expect(withoutFunction.output).toMatch(/infra\/functions\.ts.*\n?.*Property 'clock' is missing/)
  })
})

describe('a door that is added by the page', () => {
  it('touches its package, its rows and the lists of packages', () => {
    expect(touched.filter((file) => !file.startsWith('packages/clock/'))).toEqual([
      'packages/core/src/routes.ts',
      'packages/local/src/doors.ts',
      'packages/local/package.json',
      'infra/clock.ts',
      'infra/functions.ts',
      'packages/local/test/import-faults.ts',
      'packages/local/scripts/parts.ts',
    ])
  })

  it('compiles, here and in infra', async () => {
    expect(await run('tsc', '--noEmit')).toEqual({ status: 0, output: '' })
    expect(await run('tsc', '--noEmit', '-p', 'infra')).toEqual({ status: 0, output: '' })
  })

  it('is formatted and has no fault that the linter knows', async () => {
    const { status, output } = await run('biome', 'ci', ...touched)
    expect(status, output).toBe(0)
  })

  it('passes its own tests, those of the table, and those of the architecture', async () => {
    const files = [
      'clock/test',
      'core/test/routes',
      'local/test/architecture',
      'local/test/find-route',
      'local/test/doc',
    ]
    const { status, output } = await test(['unit', 'local'], files)
    expect(status, output).toBe(0)
    expect(output).toMatch(/Test Files +5 passed/)
  })

  it('passes the tests of routes, functions and roles as they are', async () => {
    const { status, output } = await test(
      ['cloud'],
      ['gateway', 'function', 'resources'].map((file) => `cloud/test/${file}`),
    )
    expect(status, output).toBe(0)
    expect(output).toMatch(/Test Files +3 passed/)
  })
})

describe('the added door on the laptop', () => {
  const folder = () => join(copy.root, '.local')
  let url: string
  let stop: () => Promise<void>

  beforeAll(async () => {
    const start = join(copy.root, 'packages/local/src/start.ts')
    const env = { ...process.env, PORT: '0' }
    const child = spawn(process.execPath, [start, '--ephemeral', '--data', folder()], { env, stdio: 'pipe' })
    let printed = ''
    while (!/GraphQL +POST (\S+)\/graphql/.test(printed)) {
      const [chunk] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => ['(ended)'])])
      printed += chunk
      if (printed.endsWith('(ended)')) throw new Error(printed)
    }
    url = /GraphQL +POST (\S+)\/graphql/.exec(printed)?.[1] ?? ''
    stop = async () => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    }
  })

  afterAll(() => stop())

  it('answers at its path, and the endpoint answers as before', async () => {
    const response = await fetch(`${url}/clock`)
    expect([response.status, await response.json()]).toEqual([200, { now: expect.stringMatching(/Z$/) }])
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'pass' })
    expect((await fetch(`${url}/nope`)).status).toBe(404)
  })

  it('answers 405 itself, and grants pages of other origins nothing', async () => {
    const { status, headers } = await fetch(`${url}/clock`, {
      method: 'POST',
      headers: { origin: 'http://localhost:1' },
    })
    expect([status, headers.get('allow'), headers.get('access-control-allow-origin')]).toEqual([405, 'GET', null])
    const endpoint = await fetch(`${url}/graphql`, { method: 'PUT', headers: { origin: 'http://localhost:1' } })
    expect(endpoint.headers.get('access-control-allow-origin')).toBe('http://localhost:1')
  })
})

describe('the added door with an authorizer, run without its types', () => {
  const start = () => join(copy.root, 'packages/local/src/start.ts')
  const graphOf = () => evaluate({ root: copy.root, stage: 'alice', secrets: requiredSecrets })

  it('does not start on the laptop, which would serve it to everyone', async () => {
    const words = [start(), '--ephemeral', '--data', join(copy.root, '.local')]
    const { status, output } = await withAuthorizer('jwt', () => run('node', ...words))
    expect([status, output]).toEqual([1, expect.stringContaining('no authorizer jwt, which /clock needs')])
    expect(output).not.toContain('Fieldnotes runs')
  })

  it('is not deployed with an authorizer that infra does not have', async () => {
    await expect(withAuthorizer('jwt', graphOf)).rejects.toThrow('no authorizer jwt, which /clock needs')
  })

  it.each([
    ['iam', 'AWS_IAM'],
    ['gate', 'CUSTOM'],
  ])('is deployed with one that it has: %s', async (authorizer, authorizationType) => {
    const graph = await withAuthorizer(authorizer, graphOf)
    const routes = all(graph, 'aws:apigatewayv2/route:Route').map(({ inputs }) => inputs)
    expect(routes.filter(({ routeKey }) => String(routeKey).endsWith('/clock'))).toMatchObject([
      { routeKey: 'GET /clock', authorizationType },
    ])
  })
})

describe('the added door in infra', () => {
  let graph: Graph

  beforeAll(async () => {
    graph = await evaluate({ root: copy.root, stage: 'alice', secrets: requiredSecrets })
  })

  it('has a route to its own function, and the others are as before', () => {
    const keys = routesAt(graph).map(({ inputs }) => String(inputs.routeKey))
    expect(keys.sort()).toEqual([...[...routeRows, ...exporterRoutes].flatMap(routeKeysOf), 'ANY /clock'].sort())
    expect(graph.builds.Clock).toMatchObject({ handler: 'packages/clock/src/handler.handler', links: {} })
  })

  it('may write its log and nothing else', () => {
    expect(statementsOf(one(graph, 'aws:iam/role:Role', 'ClockRole')).map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
    ])
  })

  it('has the throttle of its row, set after its route exists; the stage’s holds for all others', () => {
    const { inputs, dependencies } = one(graph, 'aws:apigatewayv2/stage:Stage', 'ApiStage')
    const throttled = ['ANY /clock', ...exporterRoutes.filter(({ throttle }) => throttle < 1).flatMap(routeKeysOf)]
    expect(inputs.routeSettings).toEqual(
      expect.arrayContaining(
        throttled.map((routeKey) => ({ routeKey, throttlingRateLimit: 2, throttlingBurstLimit: 4 })),
      ),
    )
    expect(inputs.routeSettings).toHaveLength(throttled.length)
    expect(inputs.defaultRouteSettings).toEqual({ throttlingRateLimit: 20, throttlingBurstLimit: 40 })
    const route = all(graph, 'aws:apigatewayv2/route:Route').find((each) => each.inputs.routeKey === 'ANY /clock')
    expect(dependencies).toContain(route?.urn)
  })
})
