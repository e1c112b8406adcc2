/**
 * The typed programs of `docs/clients.md` compile without `?.` and `!`, because the schema says which nulls are errors.
 */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal'
import { codegen } from '@graphql-codegen/core'
import * as plugin from '@graphql-codegen/typescript-operations'
import { buildSchema, introspectionFromSchema, parse } from 'graphql'
import { semanticToStrict } from 'graphql-sock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { page, programsOf } from './support/page.ts'

const run = promisify(execFile)
const folders = fileURLToPath(new URL('../../.local/', import.meta.url))
const sdl = readFileSync(new URL('../../../api/src/schema.graphql', import.meta.url), 'utf8')
const programs = programsOf(page)
const typed = ['codegen-types.ts', 'tada-types.ts', 'relayTypes.ts']

function textOf(name: string): string {
  const found = programs.find((program) => program.name === name)
  if (!found) throw new Error(`docs/clients.md has no ${name}`)
  return found.text
}

/** A project with these programs and the files that its tools generate from a schema. */
async function createProject(schema: string): Promise<string> {
  mkdirSync(folders, { recursive: true })
  const folder = mkdtempSync(join(folders, 'types-'))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  for (const name of typed) write(name, textOf(name))
  write('schema.graphql', schema)
  write('package.json', '{ "type": "module" }')
  // relay-runtime has no types of its own.
  write('relay-runtime.d.ts', "declare module 'relay-runtime'\n")
  write('typed.generated.ts', await codegenTypes(schema))
  write('strict.d.ts', tadaTypes(schema))
  await relayTypes(folder, write)
  return folder
}

async function codegenTypes(schema: string): Promise<string> {
  const { generates } = JSON.parse(textOf('codegen.json'))
  const [filename = '', { config, plugins }] = Object.entries(generates as object)[0] ?? []
  const [name] = plugins
  return codegen({
    filename,
    schema: parse(schema),
    documents: [{ document: parse(textOf('typed.graphql')) }],
    config,
    plugins: [{ [name]: {} }],
    pluginMap: { 'typescript-operations': plugin },
  })
}

function tadaTypes(schema: string): string {
  const introspection = introspectionFromSchema(semanticToStrict(buildSchema(schema)))
  return outputIntrospectionFile(minifyIntrospection(introspection), { fileType: '.d.ts', shouldPreprocess: false })
}

async function relayTypes(folder: string, write: (name: string, text: string) => void): Promise<void> {
  write('relay.config.json', '{ "src": ".", "schema": "./schema.graphql", "language": "typescript" }')
  const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js')
  await run(process.execPath, [compiler], { cwd: folder })
}

const compiler = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url))
const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions']
const modules = ['--module', 'nodenext', '--target', 'es2022', '--types', '']

/** What the compiler reports for one program; empty when it compiles. */
async function faultsOf(folder: string, name: string): Promise<string> {
  const words = [...options, ...modules, '--ignoreConfig', 'relay-runtime.d.ts', name]
  return run(compiler, words, { cwd: folder }).then(
    () => '',
    ({ stdout }) => String(stdout),
  )
}

let folder: string
let unmarked: string
beforeAll(async () => {
  folder = await createProject(sdl)
  unmarked = await createProject(sdl.replace(/ @semanticNonNull(\([^)]*\))?$/gm, ''))
})
afterAll(() => {
  for (const each of [folder, unmarked]) rmSync(each, { recursive: true, force: true })
})

describe.each(typed)('%s', (name) => {
  it('has no ?. and no !', () => {
    expect(textOf(name).replace(/ID!/g, '')).not.toMatch(/\?\.|\w!|\)!/)
  })

  it('compiles', async () => {
    expect(await faultsOf(folder, name)).toBe('')
  })

  it('does not compile with a schema without the directive', async () => {
    expect(await faultsOf(unmarked, name)).toMatch(/error TS\d+: .*possibly 'null'/)
  })

  it('does not compile when a value that can be empty is read like the others', async () => {
    const careless = `careless-${name}`
    copyFileSync(join(folder, name), join(folder, careless))
    writeFileSync(join(folder, careless), textOf(name).replace("note.color ?? 'no color'", 'note.color.length'))
    expect(await faultsOf(folder, careless)).toMatch(/'note\.color' is possibly 'null'/)
  })
})
