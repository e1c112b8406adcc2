/** Which folders of a package may import which others: each row lists the rows below it that it may import. */

/**
 * Row (a folder or a file, relative to `src/`) → rows that it may import. A file belongs to the longest row that
 * matches.
 */
export type Arrows = Readonly<Record<string, readonly string[]>>

const policyBelowMatrix = ['rule', 'decide', 'remedy', 'limits']
const apiBelowHttp = [
  'config',
  'errors',
  'generated',
  'store',
  'people',
  'notes',
  'notes/note-operations.ts',
  'sign-ins',
  'downstream',
  'abilities.ts',
  'rules.ts',
]
const identityBase = ['bounds.ts', 'refusals.ts']
const benchBelowReport = ['measure', 'world', 'contract', 'peers']

/** Package → its arrows. The row `.` is for the files beside the folders: they put the parts together. */
export const folderArrows: Readonly<Record<string, Arrows>> = {
  policy: {
    rule: [],
    'rules.ts': ['rule'],
    decide: ['rule'],
    remedy: ['rule', 'decide'],
    limits: ['rule', 'decide', 'remedy'],
    execute: ['rule', 'decide', 'limits'],
    matrix: [...policyBelowMatrix, 'rules.ts'],
    explain: [...policyBelowMatrix, 'rules.ts'],
    prove: ['rule', 'decide', 'rules.ts'],
    whatif: ['rule', 'decide', 'rules.ts', 'prove'],
    '.': ['rule', 'decide', 'remedy', 'limits', 'execute', 'matrix', 'explain', 'prove', 'whatif', 'rules.ts'],
  },
  api: {
    config: [],
    errors: [],
    store: ['errors'],
    keys: [],
    limits: ['config', 'keys'],
    people: ['errors', 'store', 'generated'],
    notes: ['errors', 'store', 'people', 'generated'],
    'notes/sync': ['errors', 'store', 'notes', 'generated'],
    'sign-ins': ['errors', 'generated', 'notes'],
    downstream: ['config', 'generated', 'notes'],
    'notes/note-operations.ts': ['errors', 'store', 'notes', 'notes/sync', 'generated'],
    'rules.ts': ['notes', 'people', 'generated'],
    'abilities.ts': ['notes', 'rules.ts', 'generated'],
    // For proofs. Nothing that is deployed imports them.
    'knowledge.ts': ['notes', 'people', 'rules.ts'],
    'statements.ts': ['rules.ts', 'knowledge.ts', 'generated'],
    resolvers: apiBelowHttp.filter((row) => row !== 'store' && row !== 'config'),
    'remedy-options.ts': ['rules.ts'],
    graphql: [...apiBelowHttp, 'remedy-options.ts', 'resolvers'],
    http: ['config', 'errors', 'generated', 'sign-ins', 'limits', 'remedy-options.ts', 'resolvers', 'graphql'],
    '.': [...apiBelowHttp, 'resolvers', 'graphql', 'http'],
    // Written by `npm run generate`: types of the schema, with the types that resolvers return.
    generated: ['notes', 'notes/sync', 'people', 'sign-ins', 'resolvers'],
  },
  identity: {
    'bounds.ts': [],
    'refusals.ts': [],
    token: identityBase,
    keys: [...identityBase, 'token'],
    proof: [...identityBase, 'token', 'keys'],
    principal: [...identityBase, 'token', 'keys'],
    issuers: [...identityBase, 'token', 'keys', 'principal'],
    'fresh-copy.ts': ['refusals.ts'],
    revocation: [...identityBase, 'fresh-copy.ts', 'issuers'],
    groups: [...identityBase, 'fresh-copy.ts', 'principal'],
    'introspect.ts': [],
    'settings.ts': ['bounds.ts', 'introspect.ts', 'proof', 'issuers', 'revocation', 'groups'],
    startup: [...identityBase, 'issuers', 'settings.ts'],
    account: [...identityBase, 'issuers', 'settings.ts'],
    '.': [
      ...identityBase,
      'fresh-copy.ts',
      'introspect.ts',
      'token',
      'keys',
      'proof',
      'principal',
      'issuers',
      'revocation',
      'groups',
      'settings.ts',
      'startup',
      'account',
    ],
  },
  session: {
    'config.ts': [],
    crypto: [],
    store: ['crypto'],
    http: ['crypto'],
    provider: ['config.ts'],
    'session-identity.ts': ['config.ts'],
    steps: ['crypto', 'store', 'http', 'provider'],
    stage: ['config.ts', 'crypto', 'store', 'steps'],
    '.': ['config.ts', 'crypto', 'store', 'http', 'provider', 'session-identity.ts', 'steps', 'stage'],
  },
  exporter: {
    'exporter-routes.ts': [],
    'exporter-config.ts': [],
    'exporter-identity.ts': ['exporter-config.ts', 'exporter-routes.ts'],
    jobs: [],
    notes: [],
    store: [],
    archive: ['jobs', 'notes', 'store'],
    http: ['exporter-routes.ts'],
    '.': [
      ...['exporter-routes.ts', 'exporter-config.ts', 'exporter-identity.ts'],
      ...['jobs', 'notes', 'store', 'archive', 'http'],
    ],
  },
  issuer: {
    grants: [],
    keys: [],
    'metadata.ts': ['grants'],
    clients: ['grants'],
    exchange: ['grants'],
    'root-cause.ts': [],
    pages: [],
    'sign-in': [],
    oauth: ['metadata.ts', 'root-cause.ts', 'grants', 'keys', 'clients', 'exchange', 'pages', 'sign-in'],
    '.': ['metadata.ts', 'root-cause.ts', 'grants', 'keys', 'clients', 'exchange', 'pages', 'sign-in', 'oauth'],
  },
  bench: {
    measure: [],
    world: ['measure'],
    contract: ['world'],
    hosts: ['world', 'contract'],
    peers: ['world', 'contract', 'hosts'],
    warm: benchBelowReport,
    cold: benchBelowReport,
    report: [...benchBelowReport, 'warm', 'cold'],
    // Measurements of one package each; they share no data with the comparison of peers.
    identity: ['measure'],
    policy: ['measure', 'hosts'],
    session: ['measure', 'world'],
    store: ['world', 'session'],
    load: [],
    '.': [...benchBelowReport, 'hosts', 'warm', 'cold', 'report', 'identity', 'policy', 'session', 'store', 'load'],
  },
}

/** The row to which a file belongs; `path` is relative to `src/`. */
export function rowOf(arrows: Arrows, path: string): string {
  const rows = Object.keys(arrows).filter((row) => path === row || path.startsWith(`${row}/`))
  const longest = rows.sort((a, b) => b.length - a.length)[0]
  return longest ?? (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.')
}

/** The rows in an order in which each may import only earlier ones. @throws Error when the arrows have a circle */
export function orderOf(arrows: Arrows): readonly string[] {
  const order: string[] = []
  const visit = (row: string, path: readonly string[]): void => {
    if (order.includes(row)) return
    if (path.includes(row)) throw new Error(`a circle of folders: ${[...path, row].join(' → ')}`)
    for (const below of arrows[row] ?? []) if (below !== 'generated') visit(below, [...path, row])
    order.push(row)
  }
  for (const row of Object.keys(arrows)) if (row !== 'generated') visit(row, [])
  return order
}
