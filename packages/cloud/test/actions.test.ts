import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { root } from '../src/paths.ts'
import { one, statementsOf } from './find-resources.ts'

const sources = globSync('packages/{api,core,identity,policy,table}/src/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n')

/** Command of the document client → action that IAM requires. A transaction requires those of its parts. */
const actionOf: Readonly<Record<string, string>> = {
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Query: 'Query',
  Scan: 'Scan',
  TransactGet: 'GetItem',
  Update: 'UpdateItem',
}

const partOf: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
}

function names(pattern: RegExp): readonly string[] {
  return [...sources.matchAll(pattern)].map(([, name]) => String(name))
}

describe('actions', () => {
  it('of the role are those of the commands in the source: none missing, none left over', () => {
    const commands = names(/\bnew (?:\w+\.)?(\w+)Command\(/g).filter((name) => name !== 'TransactWrite')
    const parts = names(/\{ (Put|Delete|Update|ConditionCheck): \{/g)
    const used = [...commands.map((name) => actionOf[name] ?? name), ...parts.map((name) => partOf[name] ?? name)]
    const [allowed] = statementsOf(one(inject('production'), 'aws:iam/role:Role', 'GraphqlRole'))
    expect(allowed?.Action).toEqual([...new Set(used)].sort().map((action) => `dynamodb:${action}`))
  })

  it('include no other AWS service', () => {
    const clients = names(/['"](@aws-sdk\/[\w-]+)['"]/g)
    expect([...new Set(clients)].sort()).toEqual([
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/lib-dynamodb',
      '@aws-sdk/util-dynamodb',
    ])
  })
})
