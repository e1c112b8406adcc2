/** The parts of the product, as the picture at the top of the README shows them. */

export interface Box {
  readonly id: string
  /** Index of its column. */
  readonly column: number
  readonly title: string
  readonly text: string
  /** Folders of `packages/` that the box is about. */
  readonly packages?: readonly string[]
}

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly label?: string
}

export const columns = ['Clients', 'Doors to /graphql', 'The endpoint, step by step', 'Services'] as const

export const boxes: readonly Box[] = [
  { id: 'apps', column: 0, title: 'Apps', text: 'Apollo, urql, Relay, Amplify' },
  { id: 'programs', column: 0, title: 'Programs', text: 'fetch, curl, machine tokens' },
  { id: 'graphiql', column: 0, title: 'GraphiQL', text: 'in development' },
  { id: 'gateway', column: 1, title: 'API Gateway, Lambda', text: 'deployed: infra/' },
  {
    id: 'authorizer',
    column: 1,
    title: 'authorizer',
    text: 'a verdict, before the endpoint',
    packages: ['authorizer'],
  },
  { id: 'session', column: 1, title: 'session', text: 'cookie → bearer token', packages: ['session'] },
  { id: 'laptop', column: 1, title: 'npm start', text: 'laptop: packages/local', packages: ['local'] },
  { id: 'identity', column: 2, title: 'identity', text: 'bearer token → principal', packages: ['identity'] },
  { id: 'limits', column: 2, title: 'policy: limits', text: 'bounded work before rules', packages: ['policy'] },
  { id: 'rules', column: 2, title: 'policy: rules', text: 'a decision for each field', packages: ['policy'] },
  { id: 'notes', column: 2, title: 'api: notes', text: 'operations of one person', packages: ['api'] },
  { id: 'issuers', column: 3, title: 'Issuers', text: 'Cognito, Firebase, any OIDC' },
  { id: 'issuer', column: 3, title: 'issuer', text: 'tokens for the next hop', packages: ['issuer'] },
  { id: 'exporter', column: 3, title: 'exporter', text: 'a person’s archive', packages: ['exporter', 'client'] },
  { id: 'table', column: 3, title: 'DynamoDB', text: 'one partition for each person', packages: ['table'] },
]

export const arrows: readonly Arrow[] = [
  { from: 'apps', to: 'gateway' },
  { from: 'programs', to: 'gateway' },
  { from: 'programs', to: 'laptop' },
  { from: 'graphiql', to: 'laptop' },
  { from: 'gateway', to: 'authorizer' },
  { from: 'gateway', to: 'identity' },
  { from: 'laptop', to: 'session' },
  { from: 'laptop', to: 'identity' },
  { from: 'identity', to: 'limits' },
  { from: 'limits', to: 'rules' },
  { from: 'rules', to: 'notes' },
  { from: 'issuers', to: 'identity', label: 'keys' },
  { from: 'notes', to: 'exporter' },
  { from: 'notes', to: 'table' },
]

/** Drawn above everything: who gives what to whom before a request. */
export const tokens: Arrow = { from: 'issuers', to: 'apps', label: 'access tokens' }

/** A line below the boxes. */
export const footer = {
  text: 'Principals, errors and scopes: core. Settings of a stage: stage. Tests and measurements: journeys, cloud, bench.',
  packages: ['core', 'stage', 'journeys', 'cloud', 'bench'],
} as const
