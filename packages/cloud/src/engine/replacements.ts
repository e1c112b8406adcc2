/**
 * Inputs that can't be changed in place: a change creates a second resource and deletes the first.
 *
 * The package that SST installs has no provider schema, so the table is written by hand. Its sources:
 *
 * - Read in the Terraform provider that `@pulumi/aws` wraps, the properties with `ForceNew` (`internal/service/
 *   {acm/certificate_validation,apigatewayv2/integration,budgets/budget,cognitoidentity/pool,cognitoidp/user_pool,
 *   cognitoidp/user_pool_domain,dynamodb/table,kms/key,lambda/permission,lambda/provisioned_concurrency_config,
 *   logs/group,s3/object,sns/topic,sns/topic_subscription}.go`).
 * - The other types of AWS: the `createOnlyProperties` of their CloudFormation schemas, as far as these have them.
 * - Own knowledge, read in no source: CloudFront, EventBridge and the policy of a key; what CloudFormation has no
 * property for (`namePrefix` of a role and of an alias,   `setIdentifier` of a record), and the two types that are not
 * AWS's, `RandomBytes` and SST's dynamic resource.
 */
import type { Resource } from '../graph/graph.ts'

const fixed: Readonly<Record<string, readonly string[]>> = {
  'aws:acm/certificate:Certificate': [
    'certificateAuthorityArn',
    'domainName',
    'keyAlgorithm',
    'subjectAlternativeNames',
    'validationMethod',
    'validationOptions',
  ],
  'aws:acm/certificateValidation:CertificateValidation': ['certificateArn', 'validationRecordFqdns'],
  'aws:apigatewayv2/api:Api': ['protocolType'],
  'aws:apigatewayv2/apiMapping:ApiMapping': ['domainName'],
  'aws:apigatewayv2/authorizer:Authorizer': ['apiId'],
  'aws:apigatewayv2/domainName:DomainName': ['domainName'],
  'aws:apigatewayv2/integration:Integration': ['apiId', 'integrationType', 'integrationSubtype'],
  'aws:apigatewayv2/route:Route': ['apiId'],
  'aws:apigatewayv2/stage:Stage': ['apiId', 'name'],
  'aws:budgets/budget:Budget': ['accountId', 'name', 'namePrefix'],
  'aws:cloudfront/distribution:Distribution': ['staging'],
  'aws:cloudfront/function:Function': ['name'],
  'aws:cloudwatch/dashboard:Dashboard': ['dashboardName'],
  'aws:cloudwatch/eventRule:EventRule': ['eventBusName', 'name', 'namePrefix'],
  'aws:cloudwatch/eventTarget:EventTarget': ['eventBusName', 'rule', 'targetId'],
  'aws:cloudwatch/logGroup:LogGroup': ['name', 'namePrefix', 'logGroupClass'],
  'aws:cloudwatch/logMetricFilter:LogMetricFilter': ['name', 'logGroupName'],
  'aws:cloudwatch/metricAlarm:MetricAlarm': ['name'],
  'aws:cognito/identityPool:IdentityPool': ['identityPoolName', 'developerProviderName'],
  'aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment': ['identityPoolId'],
  'aws:cognito/identityProvider:IdentityProvider': ['userPoolId', 'providerName', 'providerType'],
  'aws:cognito/managedLoginBranding:ManagedLoginBranding': ['userPoolId', 'clientId'],
  'aws:cognito/resourceServer:ResourceServer': ['userPoolId', 'identifier'],
  'aws:cognito/userGroup:UserGroup': ['userPoolId', 'name'],
  'aws:cognito/userPool:UserPool': [
    'name',
    'aliasAttributes',
    'usernameAttributes',
    'usernameConfiguration.caseSensitive',
  ],
  'aws:cognito/userPoolClient:UserPoolClient': ['userPoolId', 'generateSecret'],
  'aws:cognito/userPoolDomain:UserPoolDomain': ['userPoolId', 'domain'],
  'aws:dynamodb/table:Table': [
    'name',
    'hashKey',
    'rangeKey',
    'localSecondaryIndexes',
    'importTable',
    'restoreDateTime',
    'restoreSourceName',
    'restoreSourceTableArn',
    'restoreToLatestTime',
  ],
  'aws:iam/role:Role': ['name', 'namePrefix', 'path'],
  'aws:kms/alias:Alias': ['name', 'namePrefix'],
  'aws:kms/key:Key': ['customKeyStoreId', 'customerMasterKeySpec', 'keyUsage', 'multiRegion', 'xksKeyId'],
  'aws:kms/keyPolicy:KeyPolicy': ['keyId'],
  'aws:lambda/function:Function': ['name', 'packageType'],
  'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig': ['functionName', 'qualifier'],
  'aws:lambda/permission:Permission': [
    'action',
    'eventSourceToken',
    'function',
    'functionUrlAuthType',
    'invokedViaFunctionUrl',
    'principal',
    'principalOrgId',
    'qualifier',
    'sourceAccount',
    'sourceArn',
    'statementId',
    'statementIdPrefix',
  ],
  'aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig': ['functionName', 'qualifier'],
  'aws:route53/record:Record': ['name', 'setIdentifier', 'zoneId'],
  'aws:s3/bucket:Bucket': ['bucket', 'bucketPrefix', 'bucketNamespace', 'objectLockEnabled'],
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': ['bucket', 'expectedBucketOwner'],
  'aws:s3/bucketPolicy:BucketPolicy': ['bucket'],
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': ['bucket'],
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': [
    'bucket',
    'expectedBucketOwner',
  ],
  'aws:s3/bucketObjectv2:BucketObjectv2': ['bucket', 'key'],
  'aws:sns/topic:Topic': ['fifoTopic', 'name', 'namePrefix'],
  'aws:sns/topicSubscription:TopicSubscription': ['endpoint', 'protocol', 'topic'],
  'pulumi-nodejs:dynamic:Resource': [],
  'pulumi:providers:aws': [],
  'random:index/randomBytes:RandomBytes': ['keepers', 'length'],
}

/**
 * Paths of a type's inputs whose change replaces the resource; `region` is among them for every type of AWS.
 * @throws Error for a type without a row: an update would be reported where a replacement may follow
 */
export function fixedInputsOf(type: string): readonly string[] {
  const paths = fixed[type]
  if (!paths) throw new Error(`packages/cloud/src/engine/replacements.ts has no row for ${type}`)
  return type.startsWith('aws:') ? [...paths, 'region'] : paths
}

/** The value at a path such as `usernameConfiguration.caseSensitive`. */
export function valueAt(inputs: Resource['inputs'], path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Resource['inputs'] | undefined)?.[name], inputs)
}
