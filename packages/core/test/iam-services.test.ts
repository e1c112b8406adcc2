import { describe, expect, it } from 'vitest'
import { parseIamServices } from '../src/iam-services.ts'
import { scopesFaults } from '../src/scopes.ts'

const reports = 'arn:aws:sts::123456789012:assumed-role/reports'
const backup = 'arn:aws:sts::210987654321:assumed-role/backup-2_eu+=,.@'
const noObject = 'FIELDNOTES_IAM_SERVICES is not a JSON object that names each role once, without escapes'
const noRole = 'FIELDNOTES_IAM_SERVICES: role 1 is not arn:aws:sts::<account>:assumed-role/<name>'
const known = 'notes:read, notes:write, notes:share, notes:trash, notes:audit'
const noScope = `FIELDNOTES_IAM_SERVICES: role 1 has a scope that is none of ${known}`
const noList = 'FIELDNOTES_IAM_SERVICES: role 1 has no list of scopes'

describe('parseIamServices', () => {
  it('reads roles with their scopes, however the JSON is spaced', () => {
    const services = { [reports]: ['notes:read'], [backup]: ['notes:read', 'notes:write'] }
    for (const text of [JSON.stringify(services), `\n${JSON.stringify(services, null, 2)}\n`])
      expect(parseIamServices(text)).toEqual({ services, faults: [] })
  })

  it.each(['', '{}', ' { } '])('reads none from %j', (text) => {
    expect(parseIamServices(text)).toEqual({ services: {}, faults: [] })
  })

  it.each([
    ' ',
    '[',
    '[]',
    'null',
    '7',
    `"${reports}"`,
    `{"${reports}":["notes:read"],"${reports}":["notes:write"]}`,
    `{"${reports}":["notes:read"]}{}`,
    `{"${reports}":["notes:re\\u0061d"]}`,
    `{"__proto__":{"${reports}":["notes:read"]}}x`,
  ])('refuses %j, and does not quote it', (text) => {
    expect(parseIamServices(text)).toEqual({ services: {}, faults: [noObject] })
  })

  it.each([
    '*',
    '',
    '__proto__',
    'arn:aws:iam::123456789012:user/reports',
    'arn:aws:iam::123456789012:role/reports',
    'arn:aws:sts::12345678901:assumed-role/reports',
    `${reports}/session`,
    `${reports}*`,
    'arn:aws:sts::123456789012:assumed-role/',
    `arn:aws:sts::123456789012:assumed-role/${'r'.repeat(65)}`,
  ])('refuses the role %j', (arn) => {
    expect(parseIamServices(`{"${arn}":["notes:read"]}`)).toEqual({ services: {}, faults: [noRole] })
  })

  it.each([
    [['notes:reed'], noScope],
    [['notes:read', 'notes:reed'], noScope],
    [['openid'], noScope],
    [['notes/read'], noScope],
    [['notes:Read'], noScope],
    [['*'], noScope],
    [[['notes:read']], noScope],
    [[null], noScope],
    [['notes:read', 'notes:read'], 'FIELDNOTES_IAM_SERVICES: role 1 has a scope twice'],
    [[], noList],
    ['notes:read', noList],
    [null, noList],
    [{ 'notes:read': true }, noList],
  ])('refuses the scopes %j', (scopes, fault) => {
    expect(parseIamServices(JSON.stringify({ [reports]: scopes }))).toEqual({ services: {}, faults: [fault] })
  })

  it('lists the faults of all roles, and then has no service at all', () => {
    const text = JSON.stringify({ [reports]: ['notes:read'], x: ['notes:reed'], [backup]: [] })
    const { services, faults } = parseIamServices(text)
    expect(services).toEqual({})
    expect(faults.map((fault) => fault.replace(/^.*: (role \d \w+ \w+ \w+).*$/, '$1'))).toEqual([
      'role 2 is not arn',
      'role 2 has a scope',
      'role 3 has no list',
    ])
  })
})

describe('scopesFaults', () => {
  it('has none for scopes of the API', () => {
    expect(scopesFaults(known.split(', '))).toEqual([])
  })
})
