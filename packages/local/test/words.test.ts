/** `npm run words`: each kind of text in which a house word counts, beside a twin in which it does not. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allowedNames, findWords } from '../scripts/find-words.ts'
import { fieldCompounds, housePhrases, houseWords } from '../scripts/house-words.ts'

const glossary = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8')
const allowed = allowedNames(glossary)

function found(file: string, text: string): readonly string[] {
  return findWords(file, text, allowed).map(({ line, word }) => `${line} ${word}`)
}

describe('a house word', () => {
  it.each([
    ['a line comment', 'x.ts', 'const a = 1\n// it is told\n', '2 told'],
    ['a documentation comment', 'x.ts', '/**\n * Whoever reads.\n */\nconst a = 1\n', '2 whoever'],
    ['a message', 'x.ts', "\nthrow new Error('The name is told.')\n", '2 told'],
    ['the title of a test', 'x.ts', "it('asks again', () => {})\n", '1 asks'],
    ['a sentence of a template literal', 'x.ts', 'const a = `is told \x24{1} again`\n', '1 told'],
    ['a later line of a template literal', 'x.ts', 'const a = `\x24{1}\nit is told`\n', '2 told'],
    ['a comment inside a template literal', 'x.ts', 'const a = `\x24{1 /* asked */}`\n', '1 asked'],
    ['the first word of a variable', 'x.ts', 'const toldFirst = 1\n', '1 told'],
    ['a later word of a function', 'x.ts', '\nfunction isAsked() {}\n', '2 asked'],
    ['a word before an acronym', 'x.ts', 'const ASKUrl = 1\n', '1 ask'],
    ['a constant in capitals', 'x.ts', 'const ASK_AGAIN = 1\n', '1 ask'],
    ['a private member', 'x.ts', 'class A { #desk = 1 }\n', '1 desk'],
    ['a member of a type', 'x.ts', 'interface A { readonly births: number }\n', '1 births'],
    ['a name in the code of a comment', 'x.ts', '/** Calls `askOf`. */\n', '1 ask'],
    ['JavaScript', 'x.mjs', '// stands\n', '1 stands'],
    ['a paragraph', 'README.md', '# A title\n\nNobody knows.\n', '3 nobody'],
    ['a cell of a table', 'README.md', '| a | stands here |\n', '1 stands'],
    ['the text of a link', 'README.md', '[who asks](a.md)\n', '1 asks'],
    ['a script in a document', 'README.md', 'Text.\n\n```ts\nconst told = 1\n```\n', '4 told'],
    ['a comment of a script in a document', 'README.md', '```js\n\n// told\n```\n', '3 told'],
    ['a comment of a shell script in a document', 'README.md', '```sh\nls # told\n```\n', '2 told'],
    ['a description of the schema', 'x.graphql', '"""\nWhat is told.\n"""\ntype A { a: Int }\n', '2 told'],
    ['a comment of the schema', 'x.graphql', '# asks\n', '1 asks'],
    ['a field of the schema', 'x.graphql', 'type A { lastAsked: Int }\n', '1 asked'],
    ['the text of a page', 'x.html', '<p>\nask as</p>\n', '2 ask'],
    ['a comment of a style sheet', 'x.css', '/* stands */ a { }\n', '1 stands'],
    ['a comment of YAML', 'x.yaml', 'a: 1 # told\n', '1 told'],
    ['a comment of a shell script', 'run', 'ls\n# told\n', '2 told'],
    ['an export of a package', 'package.json', '{\n"exports": {\n"./ask": "./x.ts" } }', '3 ask'],
    ['a script of a package', 'package.json', '{ "scripts": { "ask:again": "x" } }', '1 ask'],
    ['the name of a file', 'packages/x/src/ask.ts', '', '1 ask'],
    ['the name of a folder', 'packages/x/src/desk/x.ts', '', '1 desk'],
    ['a quoted key', 'x.ts', "const a = { b: 1, 'told': 2 }\n", '1 told'],
    ['a quoted key on a line of its own', 'x.ts', "const a = {\n  // b\n  'is-told': 2 }\n", '3 told'],
    ['a quoted member of a type', 'x.ts', "interface A { readonly 'told'?: string }\n", '1 told'],
    ['a possessive in a name', 'x.ts', 'const nobodysNote = 1\n', '1 nobodys'],
    ['inline code of a document', 'README.md', 'A\n`npm run ask`.\n', '2 ask'],
    ['one word in inline code', 'README.md', 'It is `told`.\n', '1 told'],
    ['the text of a picture', 'x.svg', '<svg>\n<text x="1">is told</text></svg>\n', '2 told'],
    ['the label of a picture', 'x.svg', '<svg\n role="img" aria-label="Whoever reads"></svg>\n', '2 whoever'],
    ['the title of a link of a page', 'x.html', '<a href="told"\ntitle=\'ask\'>b</a>\n', '2 ask'],
    ['a comment of a picture', 'x.svg', '<svg><!-- told --></svg>\n', '1 told'],
    ['the description of a package', 'package.json', '{\n"description": "Whoever reads: it" }', '2 whoever'],
    ['a keyword of a package', 'package.json', '{ "keywords": [\n"told"] }', '2 told'],
    [
      'a description of Renovate',
      'renovate.json',
      '{ "packageRules": [\n{ "description": "It is told." }] }',
      '2 told',
    ],
    ['a hyphenated word', 'README.md', 'It is half-told.\n', '1 told'],
  ])('counts in %s', (_where, file, text, expected) => {
    expect([...new Set(found(file, text))]).toEqual([expected])
  })

  it.each([
    ['a string of one word', 'x.ts', "const a = 'told'\n"],
    ['a template literal without a sentence', 'x.ts', 'const a = `told/\x24{1}-asked`\n'],
    ['a regular expression', 'x.ts', 'const a = /told/\n'],
    ['a longer word', 'x.ts', '/** Understands a bearer token, standard tasks and masks. */\nconst outstanding = 1\n'],
    ['the value of a key', 'x.ts', "const a = { b: 'told' }\n"],
    ['a case', 'x.ts', "switch (a) { case 'told': b() }\n"],
    ['a choice', 'x.ts', "const a = b ? 'told' : 'asked'\n"],
    ['an item of a list', 'x.ts', "const a = ['b', 'told', 'c']\n"],
    ['a style or a script of a page', 'x.html', '<style>.told { }</style><script>told()</script>\n'],
    ['an attribute of a picture', 'x.svg', '<text class="told">b</text>\n'],
    ['another language in a document', 'README.md', '```sh\nask "$alice" told\n```\n'],
    ['the target of a link', 'README.md', '[text](told/asked.md)\n'],
    ['a declaration of a style sheet', 'x.css', 'a { align-items: stretch }\n'],
    ['an attribute of a page', 'x.html', '<p class="told">text</p>\n'],
    ['a value of YAML', 'x.yaml', 'told: asked\n'],
    ['a command of a shell script', 'run', 'ask\n'],
    ['a dependency of a package', 'package.json', '{ "dependencies": { "ask": "1" } }'],
    ['a word that is only for prose, in a name', 'x.ts', 'const leadingZeros = 1\n', ['1 leading']],
    ['a word that is only for names, in prose', 'README.md', 'In turn, this leads there.\n'],
    ['a file of an unknown kind', 'x.txt', 'told'],
  ])('does not count in %s', (_where, file, text, expected: readonly string[] = []) => {
    expect(found(file, text)).toEqual(expected)
  })

  it('is found once for each occurrence, in the order of the lines', () => {
    expect(found('x.ts', 'const told = 1\n// asked, and asked again\nconst desk = told\n')).toEqual([
      ...['1 told', '2 asked', '2 asked', '3 desk', '3 told'],
    ])
  })

  it.each(houseWords.flatMap(({ forms, in: where }) => forms.map((form) => [form, where] as const)))(
    'has the form %s (in %s)',
    (form, where) => {
      expect(found('README.md', `Then ${form}.\n`)).toEqual(where === 'names' ? [] : [`1 ${form}`])
      expect(found('x.ts', `const ${form} = 1\n`)).toEqual(where === 'prose' ? [] : [`1 ${form}`])
    },
  )
})

describe('a phrase', () => {
  it.each(housePhrases.map(([phrase]) => [phrase]))('%s is found on one line and across two', (phrase) => {
    expect(found('README.md', `It is\n${phrase}.\n`)).toEqual([`2 ${phrase}`])
    expect(found('README.md', `${phrase.replaceAll(' ', '\n')}\n`)).toEqual([`1 ${phrase}`])
    expect(found('x.ts', `/**\n * It is ${phrase.replace(' ', '\n * ')}.\n */\n`)).toEqual([`2 ${phrase}`])
    expect(found('x.ts', `// It is ${phrase.replace(' ', '\n// ')}.\n`)).toEqual([`1 ${phrase}`])
  })

  it('is not found across paragraphs', () => {
    expect(found('README.md', 'of another\n\nmake\n')).toEqual([])
  })
})

describe('a compound of the field', () => {
  it.each(fieldCompounds.map((compound) => [compound]))('%s is no house word, in prose or in a name', (compound) => {
    const name = compound.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    expect(found('README.md', `A ${compound} here.\n`)).toEqual([])
    expect(found('x.ts', `const ${name} = 1\n`)).toEqual([])
  })

  it('exempts neither its parts nor longer words', () => {
    expect(found('README.md', 'It stands in for it, a stand-in-told one.\n')).toEqual(['1 stands', '1 stand', '1 told'])
  })
})

describe('the glossary', () => {
  const test = 'packages/local/test/x.test.ts'

  it.each([
    ['the name itself', test, 'const ask = 1\n'],
    ['the name in code of a comment', test, '/** Calls `ask(query)`. */\n'],
    ['the name of a file', 'packages/local/test/ask.ts', ''],
    ['the name in a program of docs/clients.md', 'docs/clients.md', '```js\nconst ask = 1\n```\n'],
  ])('allows %s', (_what, file, text) => {
    expect(found(file, text)).toEqual([])
  })

  it.each([
    ['outside of tests', 'packages/local/src/x.ts', 'const ask = 1\n', ['1 ask']],
    ['as a part of a name', test, 'const askAlice = 1\n', ['1 ask']],
    ['as a type', test, 'type Ask = string\n', ['1 ask']],
    ['in prose', test, '// ask again\n', ['1 ask']],
    ['in prose of docs/clients.md', 'docs/clients.md', 'Now ask.\n', ['1 ask']],
    ['in another form', test, 'const asks = 1\n', ['1 asks']],
    ['for another word', test, 'const told = 1\n', ['1 told']],
  ])('does not allow it %s', (_where, file, text, expected) => {
    expect(found(file, text)).toEqual(expected)
  })

  it('has at most fifteen words', () => {
    const [words = ''] = glossary.split('\nNames that are allowed')
    expect(words.match(/^\| [a-z]/gm)?.length).toBeLessThanOrEqual(16)
  })

  it('refuses a row that would allow nothing', () => {
    expect(() => allowedNames('| `told` | in tests | x |\n')).toThrow('told')
  })
})

describe('npm run words', () => {
  const program = fileURLToPath(new URL('../scripts/words.ts', import.meta.url))

  function run(...folders: string[]): Promise<readonly [status: number, out: string]> {
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [program, ...folders], (_error, out) =>
        resolve([child.exitCode ?? -1, out]),
      )
    })
  }

  it('prints the number of words, and reads every folder that is named', async () => {
    const [[, first], [, second], [, both]] = [
      await run('infra'),
      await run('packages/local'),
      await run('infra', 'packages/local'),
    ]
    const filesIn = (out: string) => Number(/ in (\d+) files\n$/.exec(out)?.[1])
    expect(filesIn(both)).toBe(filesIn(first) + filesIn(second))
  })

  it('finds none in the infrastructure, and exits with 0', async () => {
    expect(await run('infra')).toEqual([0, expect.stringMatching(/^0 house words in \d+ files\n$/)])
  })
})
