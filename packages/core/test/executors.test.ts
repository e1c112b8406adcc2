import { describe, expect, it } from 'vitest'
import { executors, isExecutor } from '../src/executors.ts'

describe('isExecutor', () => {
  it.each(executors)('accepts %s', (name) => {
    expect(isExecutor(name)).toBe(true)
  })

  it.each(['', 'Plans', ' plans', 'graphql', 'graphql-jit', 'toString', 'constructor'])('refuses "%s"', (text) => {
    expect(isExecutor(text)).toBe(false)
  })
})
