/** Which callers a change of a group's policy concerns. */
import { describe, expect, it } from 'vitest'
import { changesOfPolicy } from '../../scripts/changed-cells.ts'

function callersOf(group: string) {
  const after = [{ group, allow: ['notes:read'], deny: [] }]
  const changes = changesOfPolicy({ group, mode: 'open', scopes: ['notes:read', 'notes:write'], before: [], after })
  return [...new Set(changes.map(({ caller }) => caller))]
}

describe('the cells that a policy changes', () => {
  it('are those of people in the group, and of signed requests where its people can sign', () => {
    expect(callersOf('cognito:staff').toSorted()).toEqual(['in the group', 'signed request'])
    expect(callersOf('firebase:staff')).toEqual(['in the group'])
  })
})
