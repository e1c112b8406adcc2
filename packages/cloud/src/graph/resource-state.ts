import { createHash } from 'node:crypto'
import { givenState } from './given-state.ts'
import type { Inputs, MockResourceArgs } from './pulumi-types.ts'

/** Number of the fictitious AWS account. */
export const account = '123456789012'

interface State {
  readonly id: string
  readonly state: Inputs
}

interface NewResource {
  readonly region: string
  readonly name: string
  readonly inputs: Inputs
  /** Id, as a provider would generate it. */
  readonly id: string
}

type Shape = (resource: NewResource) => { id?: string; state: Inputs }

/**
 * Values that a provider returns after it has created a resource: id, ARN and other computed properties.
 * @param replaced how often the resource was replaced: each one has another id
 */
export function stateOf(args: MockResourceArgs, region: string, replaced = 0): State {
  const name = String(args.inputs.name ?? args.name)
  const drawn = digest('md5', `${args.name}${replaced || ''}`)
    .toString('hex')
    .slice(0, 6)
  const id = args.id || `${args.name.toLowerCase()}-${drawn}`
  const shape = shapes[args.type] ?? otherwise(args.type)
  const made = { ...shape({ region, name, inputs: args.inputs, id }), ...givenState(args.name) }
  return { id: made.id ?? id, state: { ...args.inputs, ...made.state } }
}

function digest(algorithm: string, text: string): Buffer {
  return createHash(algorithm).update(text).digest()
}

/** An ARN in the fictitious account. */
export function arn(service: string, region: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`
}

function otherwise(type: string): Shape {
  return ({ region, name }) => ({ state: { name, arn: arn(/^aws:([^/]+)\//.exec(type)?.[1] ?? 'none', region, name) } })
}

function lambda({ region, name, inputs }: NewResource): ReturnType<Shape> {
  const own = arn('lambda', region, `function:${name}`)
  const version = inputs.publish ? '1' : '$LATEST'
  return {
    id: name,
    state: { name, arn: own, version, qualifiedArn: `${own}:${version}`, publish: inputs.publish ?? false },
  }
}

const shapes: Readonly<Record<string, Shape>> = {
  'random:index/randomBytes:RandomBytes': ({ id, inputs }) => {
    const bytes = digest('sha512', id).subarray(0, Number(inputs.length ?? 32))
    return { state: { base64: bytes.toString('base64'), hex: bytes.toString('hex') } }
  },
  'aws:dynamodb/table:Table': ({ region, name }) => ({
    id: name,
    state: { name, arn: arn('dynamodb', region, `table/${name}`) },
  }),
  'aws:iam/role:Role': ({ name }) => ({ id: name, state: { name, arn: arn('iam', '', `role/${name}`) } }),
  'aws:lambda/function:Function': lambda,
  'aws:cloudwatch/logGroup:LogGroup': ({ region, name }) => ({
    id: name,
    state: { name, arn: arn('logs', region, `log-group:${name}`) },
  }),
  'aws:apigatewayv2/api:Api': ({ region, id }) => ({
    state: {
      apiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com`,
      executionArn: arn('execute-api', region, id),
    },
  }),
  'aws:apigatewayv2/domainName:DomainName': ({ region, inputs }) => ({
    id: String(inputs.domainName),
    state: {
      domainNameConfiguration: {
        ...(inputs.domainNameConfiguration as Inputs),
        targetDomainName: `d-1.execute-api.${region}.amazonaws.com`,
        hostedZoneId: 'Z1',
      },
    },
  }),
  'aws:acm/certificate:Certificate': ({ region, id, inputs }) => ({
    state: {
      arn: arn('acm', region, `certificate/${id}`),
      domainValidationOptions: [
        {
          domainName: inputs.domainName,
          resourceRecordName: `_check.${inputs.domainName}.`,
          resourceRecordType: 'CNAME',
          resourceRecordValue: '_answer.acm-validations.aws.',
        },
      ],
    },
  }),
  'aws:cognito/userPool:UserPool': ({ region, id }) => {
    // The name in the id of a real pool has letters and digits alone.
    const poolId = `${region}_${id.replaceAll('-', '')}`
    return {
      id: poolId,
      state: {
        arn: arn('cognito-idp', region, `userpool/${poolId}`),
        endpoint: `cognito-idp.${region}.amazonaws.com/${poolId}`,
      },
    }
  },
  'aws:cognito/userPoolClient:UserPoolClient': ({ id, inputs }) => ({
    state: { clientSecret: inputs.generateSecret ? digest('sha256', id).toString('hex') : '' },
  }),
  'aws:kms/key:Key': ({ region, id }) => ({ id, state: { keyId: id, arn: arn('kms', region, `key/${id}`) } }),
  'aws:cloudfront/distribution:Distribution': ({ id }) => ({
    state: { domainName: `${id}.cloudfront.net`, hostedZoneId: 'Z2', arn: arn('cloudfront', '', `distribution/${id}`) },
  }),
  'aws:cognito/identityPool:IdentityPool': ({ region, id }) => ({ id: `${region}:${id}`, state: {} }),
}
