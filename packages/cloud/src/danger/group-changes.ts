/** Dangerous changes of the policies of groups. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const groupDangers: readonly Danger[] = [
  danger('governed groups that are open', 'function', 'links', ['groups: stage.groups', "groups: 'open'"]),
  danger('a misspelt mode of groups', 'settings', 'stage-settings', ['/^(open|governed)$/', '/./']),
  danger('an endpoint that can not read the policies of groups', 'function', 'table-permissions', [
    'rights[name].map(',
    "rights[name].filter(({ partitions: [first] }) => first !== 'GROUPS').map(",
  ]),
  danger('an endpoint that writes the policies of groups', 'function', 'table-permissions', [
    'actions: actions.map(',
    "actions: (partitions[0] === 'GROUPS' ? [...actions, 'PutItem'] : actions).map(",
  ]),
  danger('policies of groups that fail unnoticed', 'alarms', 'metrics', [
    "event: 'identity.group_policies_failed'",
    "event: 'identity.group_policies_read'",
  ]),
  danger('an alarm about the policies that nothing reaches', 'alarms', 'alarms', [
    "'GroupPolicyFailures'],\n    dimensions: {},\n    atLeast: 5",
    "'GroupPolicyFailures'],\n    dimensions: {},\n    atLeast: 5000",
  ]),
]
