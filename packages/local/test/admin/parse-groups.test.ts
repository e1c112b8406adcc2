import { groupPoliciesMax } from '@fieldnotes/core/group-policy'
import { describe, expect, it } from 'vitest'
import { asListed, assertRoom, type GroupFlags, parseGroupRun } from '../../src/admin/parse-groups.ts'

describe('the words of admin groups', () => {
  it.each<readonly [readonly string[], GroupFlags, object]>([
    [['list'], {}, { action: 'list' }],
    [['show', 'staff'], {}, { action: 'show', group: 'cognito:staff' }],
    [['delete', 'a:b'], { issuer: 'firebase' }, { action: 'delete', group: 'firebase:a:b' }],
    [
      ['set', 'staff'],
      { allow: 'notes:write  notes:read ' },
      { action: 'set', group: 'cognito:staff', allow: ['notes:read', 'notes:write'], deny: [] },
    ],
    [['set', 'staff'], { allow: '' }, { action: 'set', group: 'cognito:staff', allow: [], deny: [] }],
    [
      ['set', 'staff'],
      { allow: 'notes:read', deny: 'notes:audit', issuer: 'okta' },
      { action: 'set', group: 'okta:staff', allow: ['notes:read'], deny: ['notes:audit'] },
    ],
  ])('%j with %j', (words, flags, run) => expect(parseGroupRun(words, flags)).toEqual(run))

  it.each<readonly [string, readonly string[], GroupFlags, RegExp]>([
    ['no action', [], {}, /Say list, show, set, delete/],
    ['an action of another name', ['toString'], {}, /Say list/],
    ['no group', ['set'], { allow: 'notes:read' }, /set takes one GROUP/],
    ['two groups', ['delete', 'a', 'b'], {}, /delete takes one GROUP/],
    ['a group that is listed', ['list', 'staff'], {}, /list takes no GROUP/],
    ['an empty group', ['show', ''], {}, /GROUP is 1 to 128 characters/],
    ['a group of 129 characters', ['show', 'g'.repeat(129)], {}, /GROUP is 1 to 128 characters/],
    ['a group with a control character', ['show', 'a\u0007'], {}, /GROUP is 1 to 128 characters/],
    ['a group with a hidden direction', ['show', 'a\u202e'], {}, /GROUP is 1 to 128 characters/],
    ['an issuer with capitals', ['show', 'staff'], { issuer: 'Cognito' }, /GROUP is 1 to 128 characters/],
    ['our own issuer', ['show', 'staff'], { issuer: 'fieldnotes' }, /our own issuer have no groups/],
    ['no scopes', ['set', 'staff'], {}, /set takes --allow, --deny or both/],
    ['a misspelt scope', ['set', 'staff'], { deny: 'notes:wirte' }, /--deny has a scope that is none of/],
    ['a scope of Cognito’s spelling', ['set', 'staff'], { allow: 'notes/read' }, /--allow has a scope that is none of/],
    ['a scope twice', ['set', 'staff'], { allow: 'notes:read notes:read' }, /--allow has a scope twice/],
    ['a scope on both sides', ['set', 'staff'], { allow: 'notes:read', deny: 'notes:read' }, /allowed and denied/],
    ['a flag without effect', ['delete', 'staff'], { deny: 'notes:read' }, /--deny does not go with delete/],
    ['an issuer of a list', ['list'], { issuer: 'cognito' }, /--issuer does not go with list/],
  ])('with %s are refused', (_what, words, flags, message) => {
    expect(() => parseGroupRun(words, flags)).toThrow(message)
  })

  it.each<readonly [string, GroupFlags, string]>([
    ['cognito:staff', {}, 'cognito:staff'],
    ['firebase:staff', {}, 'firebase:staff'],
    ['firebase:a:b', {}, 'firebase:a:b'],
    ['staff', {}, 'cognito:staff'],
    ['okta:staff', {}, 'cognito:okta:staff'],
    ['cognito', {}, 'cognito:cognito'],
    ['cognito:staff', { issuer: 'cognito' }, 'cognito:cognito:staff'],
    ['cognito:cognito:staff', {}, 'cognito:cognito:staff'],
  ])('take %s with %j for %s, as list prints it', (word, flags, group) => {
    const run = asListed(parseGroupRun(['show', word], flags), flags, () => ['cognito', 'firebase', 'fieldnotes'])
    expect(run).toEqual({ action: 'show', group })
  })

  it.each([
    ['fieldnotes:staff', /our own issuer have no groups/],
    ['cognito:', /GROUP is 1 to 128 characters/],
  ])('take %s for no group', (word, message) => {
    const run = parseGroupRun(['show', word], {})
    expect(() => asListed(run, {}, () => ['cognito', 'fieldnotes'])).toThrow(message)
  })

  it('have room for 500 groups', () => {
    expect(groupPoliciesMax).toBe(500)
    expect(() => assertRoom(499)).not.toThrow()
    expect(() => assertRoom(500)).toThrow('delete one first')
  })
})
