/** `execute` with a memory: operations that repeat are compiled, everything else is graphql-js. */
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import { isCompilable } from './compilable.ts'
import { type Compile, type Compiled, loadJit } from './jit.ts'
import { createLru } from './lru.ts'

export interface EngineOptions {
  /** Calls after which an operation is compiled; 3 unless told. */
  readonly compileAfter?: number
  /** How many operations are kept, compiled or counted; 256 unless told. */
  readonly operationsMax?: number
  /** Where the compiler comes from; graphql-jit unless told. */
  readonly load?: () => Promise<Compile>
}

export interface Engine {
  /** As graphql-js's own, with the same answers; the order of errors may differ. */
  readonly execute: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>
  /** Settles when what has been asked to load is loaded. */
  readonly ready: () => Promise<void>
  /** How many operations are kept, and how many of them are compiled. */
  readonly size: () => { readonly kept: number; readonly compiled: number }
}

interface Entry {
  calls: number
  readonly operation: OperationDefinitionNode | undefined
  compiled: Compiled | undefined
  /** graphql-jit declined, or failed once. */
  unfit: boolean
}

/** A number for each object, by identity. */
const createNumbers = (): ((value: object) => number) => {
  const numbers = new WeakMap<object, number>()
  let last = 0
  return (value) => {
    const known = numbers.get(value)
    if (known !== undefined) return known
    last += 1
    numbers.set(value, last)
    return last
  }
}

type Loader = { compile: Compile | undefined; loading: Promise<void> | undefined }

/** Starts loading once; without a compiler everything goes on as before. */
const request = (loader: Loader, load: () => Promise<Compile>): void => {
  loader.loading ??= load().then(
    (compile) => {
      loader.compile = compile
    },
    () => {},
  )
}

const compileEntry = (entry: Entry, schema: GraphQLSchema, document: DocumentNode, compile: Compile): void => {
  const { operation } = entry
  const fits = operation && isCompilable(schema, document, operation)
  entry.compiled = fits ? compile(schema, document, operation.name?.value) : undefined
  entry.unfit = !entry.compiled
}

/**
 * Whether an error took a parent along. graphql-js then stops asking what stands beside it, graphql-jit goes on and may
 * tell of more errors: such an answer is made again by graphql-js.
 */
const tookParent = (data: unknown, path: readonly (string | number)[] = []): boolean => {
  const parent = path.slice(0, -1).reduce<unknown>((value, key) => Object(value)[key], data)
  return parent === null || parent === undefined
}

/** graphql-jit appends a null to a list when an item is an error. */
const isItem = (path: readonly (string | number)[] = []): boolean => typeof path.at(-1) === 'number'

/** What no resolver threw, graphql-jit found itself and tells in other words: graphql-js makes that answer too. */
const isFinal = ({ data, errors = [] }: ExecutionResult): boolean =>
  errors.every(({ originalError, path }) => originalError && !isItem(path) && !tookParent(data, path))

/** Runs the compiled operation; undefined when graphql-js has to. Compiled operations are queries, so that asking twice is harmless. */
const runCompiled = (entry: Entry, args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> | undefined => {
  const { compiled, operation } = entry
  if (!compiled || !operation) return undefined
  const { coerced, errors } = getVariableValues(
    args.schema,
    operation.variableDefinitions ?? [],
    args.variableValues ?? {},
  )
  if (errors) return undefined
  const giveUp = () => {
    entry.unfit = true
    entry.compiled = undefined
  }
  try {
    const result = compiled(args.rootValue, args.contextValue, coerced)
    if (!(result instanceof Promise)) return isFinal(result) ? result : undefined
    return result.then(
      (answer) => (isFinal(answer) ? answer : execute(args)),
      () => {
        giveUp()
        return execute(args)
      },
    )
  } catch {
    giveUp()
    return undefined
  }
}

/** Characters of a document. A longer one is not kept: it would hold its text and its tree in memory. */
const charactersMax = 10_000

const isLong = ({ loc }: DocumentNode): boolean => (loc?.source.body.length ?? 0) > charactersMax

/** An operation named by the empty string is another than the one that needs no name. */
const nameKey = (name: string | null | undefined): string => (name === null || name === undefined ? '' : `=${name}`)

/** An engine. Give it the schema of `policy.schemaFor(principal)` and one document object per text. */
export const createEngine = ({ compileAfter = 3, operationsMax = 256, load = loadJit }: EngineOptions = {}): Engine => {
  const entries = createLru<string, Entry>(operationsMax)
  const numberOf = createNumbers()
  const loader: Loader = { compile: undefined, loading: undefined }

  const entryOf = ({ schema, document, operationName }: ExecutionArgs): Entry =>
    entries.get(`${numberOf(schema)} ${numberOf(document)} ${nameKey(operationName)}`, () => ({
      calls: 0,
      operation: getOperationAST(document, operationName) ?? undefined,
      compiled: undefined,
      unfit: false,
    }))

  const warm = (entry: Entry, { schema, document }: ExecutionArgs): void => {
    entry.calls += 1
    if (entry.compiled || entry.unfit || entry.calls <= compileAfter) return
    request(loader, load)
    if (loader.compile) compileEntry(entry, schema, document, loader.compile)
  }

  return {
    execute: (args) => {
      if (args.fieldResolver || args.typeResolver || isLong(args.document)) return execute(args)
      const entry = entryOf(args)
      warm(entry, args)
      return runCompiled(entry, args) ?? execute(args)
    },
    ready: async () => loader.loading,
    size: () => ({ kept: entries.size(), compiled: entries.values().filter(({ compiled }) => compiled).length }),
  }
}
