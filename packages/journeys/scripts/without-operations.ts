/**
 * Journeys that `npm run test:graphql-js` leaves out, with the reason. All others run: graphql-js's executor is within
 * every limit too.
 */
export const withoutOperations: Readonly<Record<string, string>> = {
  'bounds.test.ts': 'compares the sources with `scripts/bounds.ts`',
  'decisions/oracle.test.ts': 'compares the rules with the oracle, without any executor',
  'graphql-js.test.ts': 'reads the sources of the other tests',
  'patches.test.ts': 'reads pnpm-workspace.yaml',
}
