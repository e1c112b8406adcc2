/** Every text argument of the schema with every hostile text: each is refused, and none is INTERNAL. */
import {
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../src/graphql/schema.ts'
import { handleOf, idOf, shared, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, World } from '../support/world.ts'

const newWorld = useWorlds()
const { schema } = createSchema()
let world: World
let alice: Caller
beforeAll(async () => {
  world = await newWorld()
  alice = world.someone('alice')
})

const megabyte = 1_000_000
const hostile: Readonly<Record<string, string>> = {
  'a lone high surrogate': 'a\ud800',
  'a lone low surrogate': 'a\udc00b',
  NUL: 'a\u0000b',
  'a line separator': 'a\u2028b',
  '1 MB': 'x'.repeat(megabyte),
  '1 MB of combining marks': `a${'\u0316\u0301'.repeat(megabyte / 4)}`,
  '1 MB of halves': '\ud800'.repeat(megabyte / 3),
}

/** Texts that contents may have: they are an author's own text of many lines. */
function taken(path: string, what: string) {
  return path.endsWith('.content)') && ['NUL', 'a line separator'].includes(what)
}

/** Only a sharee can leave, and alice has no browser session, no app and no export. */
const refusals: Readonly<Record<string, readonly string[]>> = {
  leaveNote: ['FORBIDDEN'],
  revokeApp: ['NOT_FOUND'],
  revokeSession: ['NOT_FOUND'],
  exportMyData: ['NOT_FOUND'],
}

type Slot = readonly [path: string, root: 'query' | 'mutation', field: string, steps: readonly (string | number)[]]

const texts = ['String', 'ID', 'DateTime']

/** The paths of texts below an argument: members of objects, and the first entry of lists. */
function stepsInto(type: GraphQLInputType): (string | number)[][] {
  if (isNonNullType(type)) return stepsInto(type.ofType)
  if (isListType(type)) return stepsInto(type.ofType).map((steps) => [0, ...steps])
  if (isScalarType(type)) return texts.includes(type.name) ? [[]] : []
  if (!isInputObjectType(type)) return []
  return Object.values(type.getFields()).flatMap((member) =>
    stepsInto(member.type).map((steps) => [member.name, ...steps]),
  )
}

const slots: Slot[] = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
  Object.values(root?.getFields() ?? {}).flatMap(({ name, args }) =>
    args.flatMap((arg) =>
      stepsInto(arg.type).map((steps): Slot => {
        const whole = [arg.name, ...steps]
        return [`${name}(${whole.join('.')})`, root?.name === 'Query' ? 'query' : 'mutation', name, whole]
      }),
    ),
  ),
)

/** Valid values for all other arguments, so that only the hostile text can be refused. */
async function fine() {
  const { id } = await written(alice)
  const bob = world.someone('bob')
  await shared(alice, id, bob)
  const own = { id }
  return {
    id,
    ids: [id],
    filter: {},
    inputs: {
      createNote: { title: 'x' },
      createNotes: { notes: [{ title: 'x' }] },
      updateNote: { ...own, title: 'x' },
      shareNote: { ...own, handle: await handleOf(bob), role: 'EDITOR' },
      unshareNote: { ...own, personId: await idOf(bob) },
      updateProfile: { name: 'x' },
      exportMyData: {},
      revokeApp: {},
    } as Readonly<Record<string, object>>,
    own,
  }
}

function withText(value: unknown, [step, ...rest]: readonly (string | number)[], text: string): unknown {
  if (step === undefined) return text
  if (typeof step === 'number') return [withText((value as unknown[] | undefined)?.[step], rest, text)]
  const held = (value ?? {}) as Record<string, unknown>
  return { ...held, [step]: withText(held[step], rest, text) }
}

async function ask([, root, field, steps]: Slot, text: string) {
  const { inputs, own, ...args } = await fine()
  const taken = schema.getRootType(root as never)?.getFields()[field]
  const names = new Set(taken?.args.map(({ name }) => name))
  const given = Object.fromEntries(
    Object.entries({ ...args, input: inputs[field] ?? own }).filter(([name]) => names.has(name)),
  )
  const variables = withText(given, steps, text) as Record<string, unknown>
  const declared = taken?.args.filter(({ name }) => name in variables) ?? []
  const selection = isScalarType(getNamedType(taken?.type as never)) ? '' : '{ __typename }'
  const variablesOf = declared.map(({ name, type }) => `$${name}: ${type}`).join(', ')
  const argumentsOf = declared.map(({ name }) => `${name}: $${name}`).join(', ')
  const document = `${root} (${variablesOf}) { ${field}(${argumentsOf}) ${selection} }`
  const answer = await alice.ask(document, variables)
  // An error without a path is one of variables: a scalar refused the text before anything was executed.
  return answer.errors.map(({ path }, index) => (path ? answer.codes[index] : 'BAD_USER_INPUT'))
}

describe('the arguments that take text', () => {
  it('are all found', () => {
    const paths = slots.map(([path]) => path)
    expect(paths).toContain('notes(filter.tag)')
    expect(paths).toContain('notes(filter.updatedSince)')
    expect(paths).toContain('createNotes(input.notes.0.tags.0)')
    expect(paths).toContain('nodes(ids.0)')
    expect(paths.length).toBeGreaterThan(35)
  })
})

describe.each(slots)('%s', (...slot) => {
  it.each(Object.entries(hostile))('refuses %s', async (what, text) => {
    const codes = await ask(slot, text)
    if (taken(slot[0], what)) expect(codes).toEqual([])
    else expect([['BAD_USER_INPUT'], ['NOT_FOUND']]).toContainEqual(codes)
  })
  it('does not refuse all else', async () => {
    const { inputs, id } = await fine()
    const last = slot[3].at(-1)
    const input = inputs[slot[2]] as { handle?: string; personId?: string } | undefined
    const plain: Readonly<Record<string, string | undefined>> = {
      id,
      exportId: id,
      updatedSince: '2026-01-01T00:00:00Z',
      handle: input?.handle,
      personId: input?.personId,
    }
    const cursor = ['after', 'before', 'since'].includes(String(last))
    const text = slot[3][0] === 'ids' ? id : (plain[String(last)] ?? 'plain')
    const codes = await ask(slot, text)
    // Cursors are signed, so that no test can invent one.
    expect(codes).toEqual(cursor ? ['BAD_USER_INPUT'] : (refusals[slot[2]] ?? []))
  })
})
