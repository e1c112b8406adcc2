/** Which packages, folders and libraries a source file may import, and the faults of an import. */
import { type Arrows, folderArrows, rowOf } from './folder-arrows.ts'
import { type Import, importsOf, targetOf, textOf, tokensOf, unreadable } from './imports.ts'

/**
 * Package → packages that its source may import. Deployed packages never import `local`, `cloud`, `bench` or
 * `journeys`.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  identity: ['core'],
  policy: ['core'],
  table: ['core'],
  stage: ['core', 'identity'],
  authorizer: ['core', 'identity', 'stage', 'table'],
  client: [],
  exporter: ['core', 'identity', 'stage', 'table', 'client'],
  api: ['core', 'identity', 'policy', 'stage', 'table', 'client'],
  issuer: ['core', 'identity', 'stage', 'table'],
  session: ['core', 'identity', 'stage', 'table', 'api'],
  local: ['core', 'identity', 'policy', 'table', 'api', 'authorizer', 'issuer', 'session', 'exporter'],
  cloud: ['core', 'identity', 'policy', 'table', 'api', 'authorizer', 'issuer', 'session', 'local', 'journeys'],
  bench: ['core', 'identity', 'policy', 'table', 'stage', 'api', 'authorizer', 'issuer', 'session', 'local', 'cloud'],
  journeys: ['core', 'identity', 'policy', 'table', 'api', 'authorizer', 'issuer', 'session', 'local'],
}

/** Packages that test or measure others; they may use any library. */
const tools = ['cloud', 'bench', 'journeys']

/** Library → the only files that may import more than its types. */
const homes: readonly (readonly [library: RegExp, files: RegExp])[] = [
  [/^graphql-(shield|middleware)$/, /^$/],
  [/^aws-jwt-verify$/, /^identity\/src\/keys\/signature\.ts$/],
  [/^firebase-admin$/, /^(identity\/src\/account\/firebase-accounts|session\/src\/stage\/firebase-sign-outs)\.ts$/],
  [
    /^@aws-sdk\//,
    /^(table\/src\/(aws-sdk|connection)|issuer\/src\/keys\/aws-kms|exporter\/src\/store\/s3-store|session\/src\/stage\/(kms-keys|refresh-call|cognito-sign-outs))\.ts$/,
  ],
  [/^@as-integrations\//, /^api\/src\/http\/gateway-event\.ts$/],
  [/^sst$/, /^stage\/src\/links\.ts$/],
  [/^jose$/, /^local\/src\/(issuers|pool\/api)\//],
  [/^aws4$/, /^local\/src\/gateway\/request-signature\.ts$/],
  [/^oidc-provider$/, /^(local\/src\/(pool\/(provider|stored-models)|google\/google)\.ts$|issuer\/src\/oauth\/)/],
  [/^light-my-request$/, /^issuer\/src\/oauth\/dispatch\.ts$/],
  [
    /^openid-client$/,
    /^(local\/src\/(pool\/google-sign-in|stage\/token-requests)|session\/src\/provider\/[\w-]+|issuer\/src\/sign-in\/pool-client)\.ts$/,
  ],
  [/^yazl$/, /^exporter\/src\/archive\/write-archive\.ts$/],
  [/^otpauth$/, /^local\/src\/pool\/people\/one-time-password\.ts$/],
  [/^uqr$/, /^local\/src\/pool\/hosted\/second-factor-setup-pages\.ts$/],
]

function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
}

function isOurs(to: string): boolean {
  return to.startsWith('@fieldnotes/')
}

function leavesPackage(found: Import): boolean {
  return found.to.startsWith('.') && !targetOf(found).startsWith(`${found.from}/`)
}

/** Paths relative to `src/` of both ends of an import inside one package. */
function endsOf(found: Import): readonly [file: string, target: string] | undefined {
  const src = `${found.from}/src/`
  if (!found.to.startsWith('.') || !targetOf(found).startsWith(src)) return undefined
  return [found.file.slice(src.length), targetOf(found).slice(src.length)]
}

/** Types count too: a folder that needs another one's types can not be understood without it. */
export function runsUpward(found: Import): boolean {
  const arrows = folderArrows[found.from]
  const ends = endsOf(found)
  if (!arrows || !ends) return false
  const [row, below] = [rowOf(arrows, ends[0]), rowOf(arrows, ends[1])]
  return row !== below && !arrows[row]?.includes(below)
}

function isOutside({ file, from, to, onlyTypes }: Import): boolean {
  return (
    !onlyTypes &&
    !tools.includes(from) &&
    homes.some(([library, files]) => library.test(packageOf(to)) && !files.test(file))
  )
}

function installed(from: string): object {
  const manifest = JSON.parse(textOf(`packages/${from}/package.json`))
  return { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
}

function isMissing({ from, to, onlyTypes }: Import): boolean {
  return (
    !onlyTypes &&
    to !== unreadable &&
    !/^(\.|node:)/.test(to) &&
    !tools.includes(from) &&
    !Object.hasOwn(installed(from), packageOf(to))
  )
}

/** The engine of Pulumi loads the program of a stage by its path. */
const loaders = ['cloud/src/engine/pulumi-engine.ts']

/** Whether an import can't be read, so that nothing is known of it. */
export function isUnreadable({ file, to }: Import): boolean {
  return to === unreadable && !loaders.includes(file)
}

/** Name of a fault → whether an import is one. */
export const faults: Readonly<Record<string, (found: Import) => boolean>> = {
  'an import that can not be read': isUnreadable,
  'an import of a package that is not allowed': ({ from, to }) =>
    isOurs(to) && !arrows[from]?.includes(to.split('/')[1] ?? ''),
  'an import past the exports of a package': leavesPackage,
  'an import of a folder that is not below': runsUpward,
  'a library outside of its files': isOutside,
  'a library that is not a dependency': isMissing,
}

/**
 * Whether a source can read the environment: it imports `node:process`, or uses `process` for more than output and
 * warnings.
 */
export function readsEnvironment(text: string): boolean {
  const tokens = tokensOf(text)
  const isProcess = importsOf('', text).some(({ to }) => /^(node:)?process$/.test(to))
  return (
    isProcess ||
    tokens.some(({ type, value }, at) => {
      if (type !== 'IdentifierName' || value !== 'process') return false
      const [access, member] = [tokens[at + 1]?.value ?? '', tokens[at + 2]?.value ?? '']
      return !['.', '?.'].includes(access) || !['stdout', 'emitWarning'].includes(member)
    })
  )
}

/** Rows without a file, and folders without a row. */
export function rowFaults(arrows: Arrows, paths: readonly string[]): readonly string[] {
  const used = new Set(paths.map((path) => rowOf(arrows, path)))
  const ghosts = Object.keys(arrows).filter((row) => !used.has(row))
  const unknown = [...used].filter((row) => !Object.hasOwn(arrows, row))
  return [...ghosts.map((row) => `no file: ${row}`), ...unknown.map((row) => `no row: ${row}`)]
}
