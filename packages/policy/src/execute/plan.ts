/** What is asked of objects, planned once and run often: as graphql-js executes it (§6.3, §6.4), without looking everything up each time. */
import type { FieldNode, GraphQLObjectType, SelectionSetNode } from 'graphql'
import { collect, type Selecting } from './collect-fields.ts'
import type { Descend } from './complete-object.ts'
import type { Path, Run } from './execution.ts'
import { type Ask, askOf } from './field-executor.ts'

/** One field of an object's answer. */
interface Step {
  readonly key: string
  readonly ask: Ask
}

type Data = Record<string, unknown>

/** What is asked of one type. */
interface Selection {
  readonly steps: readonly Step[]
  /**
   * Makes a plain object for the answer. One function for each selection: V8 learns from the first objects of a function
   * how many properties the next ones will have, and reserves their place.
   */
  readonly Answer: new () => Data
}

function selectionOf(steps: readonly Step[]): Selection {
  function Answer() {}
  Answer.prototype = Object.prototype
  return { steps, Answer: Answer as unknown as Selection['Answer'] }
}

/** The same object, when all its fields are there. */
async function settled(data: Data): Promise<Data> {
  const keys = Object.keys(data)
  const values = await Promise.all(Object.values(data))
  keys.forEach((key, index) => {
    data[key] = values[index]
  })
  return data
}

/** All fields of one object, beside each other. */
function runSteps({ steps, Answer }: Selection, run: Run, source: unknown, at: Path | undefined): Data | Promise<Data> {
  const data = new Answer()
  let isLate = false
  try {
    for (const { key, ask } of steps) {
      const value = ask(run, source, at)
      data[key] = value
      if (value instanceof Promise) isLate = true
    }
  } catch (error) {
    // What is under way shall end before the error goes on, and its own failures be heard.
    if (isLate)
      return settled(data).finally(() => {
        throw error
      })
    throw error
  }
  return isLate ? settled(data) : data
}

function stepsOf(sets: readonly SelectionSetNode[], type: GraphQLObjectType, selecting: Selecting): readonly Step[] {
  return [...collect(sets, type, selecting)].flatMap(([key, nodes]) => stepOf(key, nodes, type, selecting))
}

/** A field that the type has not is left out, as graphql-js does: the document was not validated. */
function stepOf(
  key: string,
  nodes: readonly FieldNode[],
  parent: GraphQLObjectType,
  selecting: Selecting,
): readonly Step[] {
  const name = nodes[0]?.name.value ?? ''
  if (name === '__typename') return [{ key, ask: () => parent.name }]
  const definition = parent.getFields()[name]
  if (!definition) return []
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  return [{ key, ask: askOf({ key, nodes, parent, definition }, descending(sets, selecting)) }]
}

/** What these selections ask of an object, planned when the first one comes by. */
export function descending(sets: readonly SelectionSetNode[], selecting: Selecting): Descend {
  return (type) => {
    let selection: Selection | undefined
    return (run, source, path) => {
      selection ??= selectionOf(stepsOf(sets, type, selecting))
      return runSteps(selection, run, source, path)
    }
  }
}
