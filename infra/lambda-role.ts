/** What our two functions' roles have in common: Lambda alone may take them, and they may write one log group. */
import { stage } from './stage'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
})

/** Ours rather than the function's own, so that the role can be held to exactly this group. */
export function logOf(name: string, ending: string) {
  return new aws.cloudwatch.LogGroup(
    name,
    { name: `/${$app.name}/${$app.stage}/${ending}`, retentionInDays: stage.logDays },
    { retainOnDelete: stage.keep },
  )
}

export function mayLog(log: aws.cloudwatch.LogGroup) {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [$interpolate`${log.arn}:*`],
  }
}

/** Takes away what SST adds: the account's trust, and policies that AWS changes for us. */
export function heldRole(args: aws.iam.RoleArgs): undefined {
  // Live debugging needs SST's own trust and policies; nothing that is deployed does.
  if ($dev) return
  args.assumeRolePolicy = trust
  args.managedPolicyArns = []
}
