/** The statements about the rules hold, and each can fail. Part of `npm test`; `npm run prove` prints the same. */
import { createModel, prove } from '@fieldnotes/policy/prove'
import { allow, anyone, deny, type Rule } from '@fieldnotes/policy/rules'
import { describe, expect, it } from 'vitest'
import { abilities } from '../src/abilities.ts'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { knowledge } from '../src/knowledge.ts'
import { rules } from '../src/rules.ts'
import { statements } from '../src/statements.ts'

type Table = Readonly<Record<string, Readonly<Record<string, Rule>>>>

const schema = unguardedSchema()
/** As `npm run prove` has it. */
const table: Table = { ...rules, NotePermissions: abilities }

/** The table with one rule in place of all rules that can refuse. */
function flooded(rule: Rule): Table {
  const rows = Object.entries(table).map(([type, row]) => [
    type,
    Object.fromEntries(Object.entries(row).map(([name, own]) => [name, own === allow ? own : rule])),
  ])
  return Object.fromEntries(rows)
}

function holding(rows: Table): readonly string[] {
  return prove(createModel(schema, rows, knowledge), statements)
    .filter(({ holds }) => holds)
    .map(({ name }) => name)
}

describe('the statements about the rules', () => {
  it.each(Object.keys(statements))('hold: %s', (name) => {
    const statement = statements[name as keyof typeof statements]
    const [proof] = prove(createModel(schema, table, knowledge), { [name]: statement })
    expect(proof).toMatchObject({ holds: true, failing: [] })
    expect(proof).not.toHaveProperty('defect')
  })

  it('are false when every field is open, or when every field is closed', () => {
    const [open, closed] = [holding(flooded(anyone)), holding(flooded(deny))]
    // Equal fields stay equal, and a wider field implies a wider one: the journeys change one of the two.
    const relative = Object.keys(statements).filter((name) => open.includes(name) && closed.includes(name))
    expect(relative).toEqual([
      'The title is as open as the content',
      'Who sees the last app sees the content',
      'Restoring is as open as the trash',
      'Unsharing is as open as leaving',
      'Who shares may take it back',
    ])
  })

  it('are about every field that some caller is refused', () => {
    const said = JSON.stringify(Object.values(statements).map(({ left, right }) => [left, right]))
    const guarded = Object.entries(table).flatMap(([type, row]) =>
      Object.keys(row).filter(
        (name) => row[name] !== allow && !said.includes(`"${type}.${name}"`) && !said.includes(`"${type}.*"`),
      ),
    )
    expect(guarded).toEqual([])
  })
})
