import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[]) => ({ test: { name, include } })

export default defineConfig({
  test: {
    projects: [
      project('unit', ['packages/{core,identity,policy,api}/test/**/*.test.ts']),
      project('local', ['packages/local/test/**/*.test.ts']),
      {
        test: {
          name: 'journeys',
          include: ['packages/journeys/test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
