/** Common parts of every function's role: only Lambda may assume them, and they may write one log group. */
import { stage } from './current-stage'
import { kept } from './kept'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
})

/** Defines the log group explicitly, so that the role can be limited to exactly this group. */
export function logOf(name: string, ending: string) {
  return new aws.cloudwatch.LogGroup(
    name,
    { name: `/${$app.name}/${$app.stage}/${ending}`, retentionInDays: stage.logDays },
    kept(name),
  )
}

/** The statement that every function's role has: write to this log group. */
export function mayLog(log: aws.cloudwatch.LogGroup) {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [$interpolate`${log.arn}:*`],
  }
}

/** Removes what SST adds: trust in the whole account, and AWS managed policies. */
export function heldRole(args: aws.iam.RoleArgs): undefined {
  // Live debugging (`sst dev`) needs SST's own trust and policies; a deployed function does not.
  if ($dev) return
  args.assumeRolePolicy = trust
  args.managedPolicyArns = []
}
