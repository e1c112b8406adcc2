/** Signing keys of the issuer: each is an asymmetric key of KMS, whose private half never leaves it. */
import { stage } from './current-stage'
import { kept } from './kept'
import type { NumberedKey } from './signing-key-setting'

const { accountId } = aws.getCallerIdentityOutput()

/** Name of the issuer's role. It is fixed, because the policy of a key names it before it exists. */
export const issuerRoleName = `${$app.name}-${$app.stage}-issuer`

const account = $interpolate`arn:aws:iam::${accountId}:root`
const issuerRole = $interpolate`arn:aws:iam::${accountId}:role/${issuerRoleName}`

/** Actions by which the account's administrators keep a key. None of them signs (AWS KMS, "Default key policy"). */
const administration = [
  'CancelKeyDeletion',
  'DescribeKey',
  'DisableKey',
  'EnableKey',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListResourceTags',
  'PutKeyPolicy',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateKeyDescription',
].map((action) => `kms:${action}`)

/**
 * One role signs: another identity of the account, with any right of IAM, would first have to change this policy, the
 * role or its function, which CloudTrail logs. No action gives a right away (`kms:CreateGrant`).
 */
const policy = $jsonStringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Administer', Effect: 'Allow', Principal: { AWS: account }, Action: administration, Resource: '*' },
    {
      Sid: 'Sign',
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'kms:Sign',
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': issuerRole },
        StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' },
      },
    },
  ],
})

/** In production a key is neither deleted nor replaced before it is `removed`. */
function optionsOf(name: string, { state }: NumberedKey) {
  return state === 'removed' ? {} : kept(name)
}

function keyOf(row: NumberedKey) {
  const name = `SigningKey${row.number}`
  const args = {
    description: `${$app.name}-${$app.stage}: signing key ${row.number} of the issuer`,
    keyUsage: 'SIGN_VERIFY',
    customerMasterKeySpec: 'ECC_NIST_P256',
    isEnabled: row.state !== 'removed',
    // The longest time for which AWS can undo a deletion.
    deletionWindowInDays: 30,
    policy,
  }
  return { ...row, arn: new aws.kms.Key(name, args, optionsOf(name, row)).arn }
}

/** Published keys with their states. A removed one is known to KMS alone. */
export const signingKeys = stage.signingKeys.map(keyOf).filter(({ state }) => state !== 'removed')
