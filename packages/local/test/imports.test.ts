/** How an import is found in a source: no way of writing hides one. */
import { describe, expect, it } from 'vitest'
import { isUnreadable, runsUpward } from './import-faults.ts'
import { importsOf } from './imports.ts'

describe('an upward import', () => {
  const to = '../execute/plan.ts'

  it.each([
    ['with a template', `const x = await import(\`${to}\`)`],
    ['behind a comment', `import { plan } from /* x */ '${to}'`],
    ['behind the comment of a line', `import { plan } from // x\n '${to}'`],
    ['of a call with a comment', `import(\n // c\n '${to}')`],
    ['of a call with a space', `import ('${to}')`],
    ['of a call with options', `import('${to}', { with: {} })`],
    ['on the line of another statement', `const a = 1; import { plan } from '${to}'`],
    ['behind a comment on its line', `/* x */ import '${to}'`],
    ['in a template', `const a = \`\${await import('${to}')}\``],
    ['of a type', `type A = import('${to}').Plan`],
    ['of all names', `import * as plan from '${to}'`],
    ['of a default named type', `import type from '${to}'`],
    ['of a name called from', `import { from } from '${to}'`],
    ['of a name that is a string', `import { 'a-b' as from } from "${to}"`],
    ['as a re-export of all', `export * from '${to}'`],
    ['as a re-export of a namespace', `export * as plan from '${to}'`],
    ['as a re-export of types', `export type { Plan } from '${to}'`],
    ['with require', `const x = require('${to}')`],
    ['as an import of require', `import x = require('${to}')`],
  ])('is seen %s', (_how, text) => {
    const found = importsOf('policy/src/rule/x.ts', text)
    expect(found.map((each) => each.to)).toEqual([to])
    expect(found.filter(runsUpward)).toHaveLength(1)
  })

  it.each([
    ['a name', 'import(to)'],
    ['a concatenation', `import('../execute' + '/plan.ts')`],
    ['a template with a value', 'import(`../\x24{to}`)'],
    ['an escape', "import { plan } from '../\\x65xecute/plan.ts'"],
  ])('can not hide in %s: that import is a fault', (_what, text) => {
    expect(importsOf('policy/src/rule/x.ts', text).filter(isUnreadable)).toHaveLength(1)
  })

  it.each([
    ['a comment', `// import '${to}'\n/* import('${to}') */`],
    ['a string', `const a = "import '${to}'"`],
    ['a template', `const a = \`import x from '${to}'\``],
    ['a member named import', `const a = { import: '${to}' }; a.import('${to}')`],
    ['the meta property', `new URL('${to}', import.meta.url)`],
    ['an export of an own name', `export { from }\nconst a = '${to}'`],
    ['an exported value', `export const from = '${to}'`],
    ['an exported call', `export const a = from('${to}')`],
  ])('is not found in %s', (_what, text) => {
    expect(importsOf('policy/src/rule/x.ts', text)).toEqual([])
  })

  it.each([
    ["import type { A } from 'a'", true],
    ["import type A from 'a'", true],
    ["export type { A } from 'a'", true],
    ["import { type A } from 'a'", false],
    ["import type from 'a'", false],
    ["import type, { A } from 'a'", false],
  ])('says whether it is of types only: %s', (text, onlyTypes) => {
    expect(importsOf('policy/src/rule/x.ts', text).map((found) => found.onlyTypes)).toEqual([onlyTypes])
  })
})
