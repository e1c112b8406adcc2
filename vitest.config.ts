import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/**
 * graphql ships twice. Node loads the CommonJS copy, so tests do too: two copies refuse each other's schemas and
 * errors.
 */
const graphql = createRequire(new URL('./packages/policy/package.json', import.meta.url)).resolve('graphql')

interface Patience {
  readonly testTimeout?: number
  readonly hookTimeout?: number
  readonly globalSetup?: string
  readonly exclude?: string[]
  readonly maxWorkers?: number
  readonly sequence?: { readonly groupOrder: number }
}

function project(name: string, include: string, patience: Patience = {}) {
  return { extends: true as const, test: { name, include: [include], ...patience } }
}

/**
 * What `npm test` leaves out: Chromium, the libraries of common clients, foreign projects, a fresh copy of the
 * repository.
 */
const long = ['browser', 'clients', 'foreign', 'fresh'].map((folder) => `packages/journeys/test/${folder}/**`)

/** Deployments of documents, of minutes: `npm test` leaves them out too. */
const rehearsals = 'packages/cloud/test/rehearsals/**'

/** The hostile harness compares times: no other file runs beside one of its files. */
const harness = 'packages/journeys/test/hostile/**'
const alone: Patience = { maxWorkers: 1, sequence: { groupOrder: 1 } }

/** Graphs of stages are evaluated before the first file. */
const deployments = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  globalSetup: 'packages/cloud/test/setup.ts',
}

/** Foreign projects install from the registry. */
const foreign = {
  testTimeout: 120_000,
  hookTimeout: 180_000,
  globalSetup: 'packages/journeys/test/foreign/setup.ts',
}

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    // Tests wait for clouds, engines and revocations for half of their time: two files at once also on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      project('unit', 'packages/!(local|cloud|bench|journeys)/test/**/*.test.ts', {
        testTimeout: 60_000,
        hookTimeout: 60_000,
      }),
      project('bench', 'packages/bench/test/**/*.test.ts', { testTimeout: 60_000 }),
      project('local', 'packages/local/test/**/*.test.ts', { testTimeout: 60_000 }),
      project('cloud', 'packages/cloud/test/**/*.test.ts', { ...deployments, exclude: [rehearsals] }),
      project('rehearsals', `${rehearsals}/*.test.ts`, deployments),
      project('journeys', 'packages/journeys/test/**/*.test.ts', {
        testTimeout: 60_000,
        hookTimeout: 120_000,
        exclude: [...long, harness],
      }),
      project('hostile', `${harness}/*.test.ts`, { testTimeout: 60_000, hookTimeout: 120_000, ...alone }),
      project('browser', 'packages/journeys/test/browser/**/*.test.ts', { testTimeout: 60_000, hookTimeout: 120_000 }),
      project('clients', 'packages/journeys/test/clients/**/*.test.ts', { testTimeout: 60_000, hookTimeout: 120_000 }),
      project('fresh', 'packages/journeys/test/fresh/**/*.test.ts', { testTimeout: 1_800_000, hookTimeout: 300_000 }),
      project('foreign-quick', 'packages/journeys/test/foreign/{examples,packed,quick}.test.ts', foreign),
      project('foreign', 'packages/journeys/test/foreign/**/*.test.ts', {
        ...foreign,
        exclude: ['packages/journeys/test/foreign/{examples,packed,quick}.test.ts'],
      }),
    ],
  },
})
