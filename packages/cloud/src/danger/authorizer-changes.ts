/** Dangerous changes of the authorizer, the first of the two locks. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const authorizerDangers: readonly Danger[] = [
  danger('an endpoint that demands no verdict', 'function', 'links', ["gate: 'demanded'", "gate: 'absent'"]),
  danger('a route of the endpoint without the authorizer', 'gateway', 'routes', [
    'gate: { auth: { lambda: gate.id } }',
    'gate: {}',
  ]),
  danger('a signed route whose signatures nothing verifies', 'gateway', 'routes', [
    'iam: { auth: { iam: true } }',
    'iam: {}',
  ]),
  danger('an authorizer that API Gateway skips for requests without a token', 'gateway', 'authorizer', [
    'identitySources: []',
    "identitySources: ['$request.header.Authorization']",
  ]),
  danger('verdicts that outlive their tokens', 'gateway', 'authorizer', ["ttl: '0 seconds'", "ttl: '300 seconds'"]),
  danger('verdicts in a form that the endpoint does not read', 'gateway', 'authorizer', [
    "response: 'simple'",
    "response: 'iam'",
  ]),
  danger('an authorizer that reads notes', 'authorizer', 'authorizer', [
    'permissions: [',
    "permissions: [{ actions: ['dynamodb:GetItem'], resources: ['*'] }, ",
  ]),
  danger('an authorizer with secrets', 'authorizer', 'authorizer', [
    'link: [notes]',
    "link: [notes, new sst.Secret('More', 'x')]",
  ]),
  danger('a role of the authorizer that the account may take', 'function', 'authorizer', [
    'transform: { role: heldRole }',
    'transform: {}',
  ]),
  danger('an authorizer with fewer instances than the endpoint', 'authorizer', 'authorizer', [
    'reserved: stage.reserved',
    'reserved: 1',
  ]),
  danger('bare refusals of the gateway on every stage', 'authorizer', 'links', ["? 'on' : 'off'", "? 'on' : 'on'"]),
  danger('refusals of the gateway that no alarm sees', 'alarms', 'metrics', [
    "by: ['code'], from: ofAll",
    "by: ['code'], from: ofEndpoint",
  ]),
  danger('unknown keys that the gateway hides from the alarm', 'alarms', 'metrics', [
    "reason: 'key_unknown' }, from: ofAll",
    "reason: 'key_unknown' }",
  ]),
  danger('two counts of each refusal', 'alarms', 'metrics', ['Gate: gateLog', 'Gate: log']),
  ...['LocksDiffer', 'GateErrors', 'GateThrottles'].map((name) =>
    danger(`no alarm ${name}`, 'alarms', 'alarms', [new RegExp(`  ${name}: \\{[^]*?\\n  \\},\\n`), '']),
  ),
  danger('locks that differ and are not counted', 'alarms', 'metrics', ["event: 'locks_differ'", "event: 'locks'"]),
]
