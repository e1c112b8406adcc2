/**
 * The whole walk from a sign-up to a note in the table, with programs of other authors: Debian's AWS CLI, curl and
 * botocore, and AWS's library for JavaScript.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { awsPath, curlPath, programEnvironment, pythonPath } from './debian-programs.ts'
import { type Credentials, identityPoolId, post, provider, signedHeaders } from './signed-walk.ts'

/** A running cloud. */
export interface WalkCloud {
  readonly url: string
  readonly folder: string
}

/** One step: the command as a reader would type it, and what came of it. */
export interface Step {
  readonly command: string
  readonly result: string
}

/** The output of a program. @throws Error with its messages when it fails */
function run(path: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, words, { env: programEnvironment }, (failure, out, err) =>
      failure
        ? reject(new Error(`${path} ${words[0]} ${words[1]}: ${err.trim() || out.trim() || failure.message}`))
        : resolve(out.trim()),
    )
  })
}

const username = 'walker@example.org'
const password = 'Correct-horse-9'
const client = ['--client-id', 'localclient0001'] as const
const person = ['--username', username] as const

function mutation(title: string): string {
  return JSON.stringify({ query: `mutation { createNote(input: { title: "${title}" }) { note { title } } }` })
}

/** Calls of the AWS CLI to the local cloud. */
function cli({ url }: WalkCloud) {
  return async (service: string, ...words: readonly string[]): Promise<string> => {
    const at = ['--endpoint-url', `${url}/aws/${service}/`, '--output', 'json']
    return run(awsPath, [service, ...words, ...at])
  }
}

/** Title of the created note in an answer. @throws Error when the answer has none */
function titleIn(answer: string): string {
  const title = JSON.parse(answer).data?.createNote?.note?.title
  if (typeof title !== 'string') throw new Error(`no note was created: ${answer}`)
  return title
}

async function byCurl(cloud: WalkCloud, { accessKeyId, secretAccessKey, sessionToken }: Credentials): Promise<string> {
  const signature = ['--aws-sigv4', 'aws:amz:eu-west-1:execute-api', '--user', `${accessKeyId}:${secretAccessKey}`]
  const headers = ['-H', `x-amz-security-token: ${sessionToken}`, '-H', 'content-type: application/json']
  const words = ['-sS', ...signature, ...headers, '-d', mutation('by curl'), `${cloud.url}/iam/graphql`]
  return titleIn(await run(curlPath, words))
}

async function byBotocore(cloud: WalkCloud, credentials: Credentials): Promise<string> {
  const program = fileURLToPath(new URL('botocore_post.py', import.meta.url))
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const words = [
    program,
    `${cloud.url}/iam/graphql`,
    accessKeyId,
    secretAccessKey,
    sessionToken,
    mutation('by botocore'),
  ]
  return titleIn(await run(pythonPath, words))
}

async function bySmithy({ url }: WalkCloud, credentials: Credentials): Promise<string> {
  const body = mutation('by @smithy/signature-v4')
  const { body: answer } = await post(url, await signedHeaders(url, credentials, { body }), body)
  return titleIn(JSON.stringify(answer))
}

/** Titles of all notes in the table, as the AWS CLI reads them from DynamoDB. */
async function titlesInTable({ folder }: WalkCloud): Promise<readonly string[]> {
  const { endpoint, notes } = JSON.parse(readFileSync(join(folder, 'tables.json'), 'utf8'))
  const words = ['dynamodb', 'scan', '--table-name', notes, '--endpoint-url', endpoint, '--output', 'json']
  const { Items } = JSON.parse(await run(awsPath, [...words, '--query', '{Items: Items[?title].title.S}']))
  return Items.toSorted()
}

/** Signs up, confirms, and signs in; resolves to the ID token. */
async function idToken(cloud: WalkCloud, report: (step: Step) => void): Promise<string> {
  const aws = cli(cloud)
  const { UserSub } = JSON.parse(await aws('cognito-idp', 'sign-up', ...client, ...person, '--password', password))
  report({ command: 'aws cognito-idp sign-up --client-id … --username … --password …', result: `UserSub ${UserSub}` })
  await aws('cognito-idp', 'admin-confirm-sign-up', '--user-pool-id', 'eu-west-1_Local0001', ...person)
  report({ command: 'aws cognito-idp admin-confirm-sign-up --user-pool-id … --username …', result: 'confirmed' })
  const parameters = `USERNAME=${username},PASSWORD=${password}`
  const flow = ['--auth-flow', 'USER_PASSWORD_AUTH', '--auth-parameters', parameters]
  const answer = JSON.parse(await aws('cognito-idp', 'initiate-auth', ...client, ...flow))
  report({ command: 'aws cognito-idp initiate-auth --auth-flow USER_PASSWORD_AUTH …', result: 'an ID token' })
  return answer.AuthenticationResult.IdToken
}

async function credentialsBy(cloud: WalkCloud, token: string, report: (step: Step) => void): Promise<Credentials> {
  const aws = cli(cloud)
  const logins = ['--logins', `${provider}=${token}`]
  const pool = ['--identity-pool-id', identityPoolId]
  const { IdentityId } = JSON.parse(await aws('cognito-identity', 'get-id', ...pool, ...logins))
  report({ command: 'aws cognito-identity get-id --identity-pool-id … --logins …', result: IdentityId })
  const words = ['get-credentials-for-identity', '--identity-id', IdentityId, ...logins]
  const { AccessKeyId, SecretKey, SessionToken, Expiration } = JSON.parse(
    await aws('cognito-identity', ...words),
  ).Credentials
  const result = `${AccessKeyId}, until ${Expiration}`
  report({ command: 'aws cognito-identity get-credentials-for-identity --identity-id … --logins …', result })
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken }
}

/**
 * Walks, and reports each step. Resolves to the titles in the table.
 * @throws Error when a program fails, or an answer is another one
 */
export async function walk(cloud: WalkCloud, report: (step: Step) => void): Promise<readonly string[]> {
  const credentials = await credentialsBy(cloud, await idToken(cloud, report), report)
  const signers = { 'curl --aws-sigv4': byCurl, botocore: byBotocore, '@smithy/signature-v4': bySmithy }
  for (const [name, send] of Object.entries(signers))
    report({ command: `${name}: POST /iam/graphql, createNote`, result: await send(cloud, credentials) })
  const titles = await titlesInTable(cloud)
  report({ command: 'aws dynamodb scan --table-name …', result: titles.join(', ') })
  return titles
}
