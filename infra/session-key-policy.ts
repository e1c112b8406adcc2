import { ofSessions } from './session-key'

/** What administrators of the account do with the key. None of these actions seals or opens anything. */
const administration = [
  'CancelKeyDeletion',
  'CreateAlias',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListResourceTags',
  'PutKeyPolicy',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
].map((action) => `kms:${action}`)

/** A role, and what it does with the key. */
export interface KeyUser {
  readonly role: $util.Input<string>
  readonly actions: readonly ('Decrypt' | 'GenerateDataKey')[]
}

/**
 * Who uses the key: these roles and no other. KMS's own default would let every identity use it to which a policy of
 * the account grants KMS (AWS KMS, "Default key policy"); here the account administers and does not decrypt. The policy
 * is a resource of its own, because it names roles of functions that need the key.
 */
export function restrictKey(key: aws.kms.Key, users: readonly KeyUser[]) {
  const { accountId } = aws.getCallerIdentityOutput()
  const { partition } = aws.getPartitionOutput()
  const account = $interpolate`arn:${partition}:iam::${accountId}:root`
  const resources = ['*']
  const statements = [
    { actions: administration, resources, principals: [{ type: 'AWS', identifiers: [account] }] },
    ...users.map(({ role, actions }) => ({
      actions: actions.map((action) => `kms:${action}`),
      resources,
      principals: [{ type: 'AWS', identifiers: [role] }],
      conditions: ofSessions,
    })),
  ]
  return new aws.kms.KeyPolicy('SessionKeyPolicy', {
    keyId: key.keyId,
    policy: aws.iam.getPolicyDocumentOutput({ statements }).json,
  })
}
