import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../src/paths.ts'

const { assertOfFile, settingNames } = await import(join(root, 'infra/setting-names.ts'))
const { kindOf } = await import(join(root, 'infra/stage-kind.ts'))
const { settingsOf } = await import(join(root, 'infra/stage-settings.ts'))
const origins = { FIELDNOTES_ORIGINS: 'https://notes.example.com' }

describe('the names of settings', () => {
  it('are those that a deployment reads, and no other', () => {
    const read = new Set<string>()
    const environment = new Proxy<Record<string, string>>(origins, {
      get(target, name: string) {
        read.add(name)
        return target[name]
      },
    })
    settingsOf('production', environment)
    expect([...read].sort()).toEqual([...settingNames].sort())
  })

  it('are the rows of the page', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/stage-settings.md'), 'utf8')
    const rows = [...page.matchAll(/^\| `(FIELDNOTES_\w+)` +\|/gm)].map(([, name]) => name)
    expect(rows.sort()).toEqual([...settingNames].sort())
  })

  it('leave room for the variables of other commands, which the same terminal has', () => {
    const others = { FIELDNOTES_TOKEN: 'x', FIELDNOTES_API_KEY: 'x', FIELDNOTES_CHALLENGE_HEADER: 'www-authenticate' }
    expect(settingsOf('production', { ...origins, ...others })).toEqual(settingsOf('production', origins))
  })
})

describe('settings of a stage that keeps its data', () => {
  const env = { FIELDNOTES_TABLE: 'notes-restored', FIELDNOTES_ISSUERS: '', FIELDNOTES_TOKEN: 'x', HOME: '/' }

  it.each([
    'FIELDNOTES_TABLE=notes-restored',
    'A=b\nFIELDNOTES_TABLE = x\n',
    'export FIELDNOTES_TABLE=x',
    '  FIELDNOTES_TABLE: x',
    undefined,
  ])('may be lines of its file %j, or exported where it has none', (file) => {
    expect(() => assertOfFile(env, file)).not.toThrow()
  })

  it.each(['', '# FIELDNOTES_TABLE=x', 'FIELDNOTES_TABLES=x', 'MY_FIELDNOTES_TABLE=x', 'A=FIELDNOTES_TABLE=x'])(
    'are not exported past its file %j',
    (file) => {
      expect(() => assertOfFile(env, file)).toThrow(/^exported, but not in the stage's .env file: FIELDNOTES_TABLE \(/)
    },
  )
})

describe('settings of a stage', () => {
  it('is a preview by this name, too', () => {
    expect(kindOf('preview')).toEqual(kindOf('pr-7'))
    expect(kindOf('preview')).not.toEqual(kindOf('alice'))
  })

  it.each([
    ['production', '100', '101', /can't be 101: at most 100, half of the 200 reserved instances/],
    ['alice', '450', '451', /can't be 451: at most 450, half of the 900 shared instances/],
  ])('keeps %s warm with %s instances and not %s, which two versions could not have', (stage, fine, more, why) => {
    const settings = (given: string) => settingsOf(stage, { ...origins, FIELDNOTES_PROVISIONED: given })
    expect(settings(fine).provisioned).toBe(Number(fine))
    expect(() => settings(more)).toThrow(why)
  })

  it('executes with plans unless a setting selects graphql-js', () => {
    expect(settingsOf('alice', {}).executor).toBe('plans')
    expect(settingsOf('alice', { FIELDNOTES_EXECUTOR: 'graphql-js' }).executor).toBe('graphql-js')
    expect(() => settingsOf('alice', { FIELDNOTES_EXECUTOR: 'graphql-jit' })).toThrow(/FIELDNOTES_EXECUTOR/)
  })

  it('records decisions only when a setting says of how many requests', () => {
    expect(settingsOf('alice', {}).decisionSample).toBe(null)
    expect(settingsOf('alice', { FIELDNOTES_DECISION_SAMPLE: '0.01' }).decisionSample).toBe('0.01')
    for (const share of ['0.5', '2', 'all', '.1'])
      expect(() => settingsOf('alice', { FIELDNOTES_DECISION_SAMPLE: share })).toThrow(/FIELDNOTES_DECISION_SAMPLE/)
  })

  it('has passkeys only when a setting says so', () => {
    expect(settingsOf('alice', {}).passkeys).toBe(false)
    expect(settingsOf('alice', { FIELDNOTES_PASSKEYS: 'off' }).passkeys).toBe(false)
    expect(settingsOf('alice', { FIELDNOTES_PASSKEYS: 'on' }).passkeys).toBe(true)
  })

  it('of a person adds those ports to the configured origins, and no other stage does', () => {
    const given = { FIELDNOTES_ORIGINS: 'https://notes.example.com, http://localhost:5173' }
    expect(settingsOf('alice', given).origins).toEqual([
      'https://notes.example.com',
      'http://localhost:5173',
      'http://localhost:3000',
      'http://localhost:4173',
      'http://localhost:8080',
    ])
    expect(() => settingsOf('alice', { FIELDNOTES_ORIGINS: 'http://localhost:3001' })).toThrow(/not an https origin/)
    for (const stage of ['production', 'preview', 'pr-7']) {
      expect(settingsOf(stage, origins).origins).toEqual(['https://notes.example.com'])
      expect(() => settingsOf(stage, given)).toThrow(/http:\/\/localhost:5173 is not an https origin/)
    }
  })

  it.each([
    ['production', {}, [true, true, true]],
    ['production', { FIELDNOTES_MACHINE: 'off', FIELDNOTES_ALARMS: 'off' }, [false, false, true]],
    ['production', { FIELDNOTES_SESSIONS: 'off' }, [true, true, false]],
    ['pr-7', {}, [false, false, false]],
    ['alice', {}, [false, false, false]],
    ['alice', { FIELDNOTES_MACHINE: 'on' }, [true, false, false]],
    ['alice', { FIELDNOTES_ALARMS: 'on' }, [false, true, false]],
    ['alice', { FIELDNOTES_ALARM_EMAIL: 'alice@example.com' }, [false, true, false]],
    ['alice', { FIELDNOTES_SESSIONS: 'on' }, [false, false, true]],
  ])('%s with %o: has a client of programs, alarms and browser sessions: %j', (stage, env, expected) => {
    const { machine, alarms, sessions } = settingsOf(stage, { ...origins, ...env })
    expect([machine, alarms, sessions]).toEqual(expected)
  })

  it('gives the web app a name of its own, or the one of CloudFront', () => {
    const named = { ...origins, FIELDNOTES_WEB_DOMAIN: 'app.example.com' }
    expect(settingsOf('production', origins).webDomain).toBeNull()
    expect(settingsOf('production', named).webDomain).toBe('app.example.com')
    expect(settingsOf('alice', { ...named, FIELDNOTES_SESSIONS: 'on' }).webDomain).toBe('app.example.com')
    expect(settingsOf('production', { ...named, FIELDNOTES_DOMAIN: 'api.example.com' }).domain).toBe('api.example.com')
  })

  it('denies bad credentials at the gateway only where a setting says so', () => {
    expect(settingsOf('alice', {}).apiKeys).toBe('optional')
    expect(settingsOf('alice', { FIELDNOTES_API_KEYS: 'demanded' }).apiKeys).toBe('demanded')
    expect(settingsOf('alice', {}).gateDenies).toBe(false)
    expect(settingsOf('alice', { FIELDNOTES_GATE_DENIES: 'on' }).gateDenies).toBe(true)
    expect(settingsOf('production', { ...origins, FIELDNOTES_GATE_DENIES: 'off' }).gateDenies).toBe(false)
  })

  it('leaves groups open unless a setting governs them', () => {
    expect(settingsOf('alice', {}).groups).toBe('open')
    expect(settingsOf('production', { ...origins, FIELDNOTES_GROUPS: 'governed' }).groups).toBe('governed')
  })

  it.each([
    ['groups that are neither', { ...origins, FIELDNOTES_GROUPS: 'closed' }, /FIELDNOTES_GROUPS can't/],
    ['no origins', { FIELDNOTES_ORIGINS: '' }, /FIELDNOTES_ORIGINS must list/],
    ['any origin', { FIELDNOTES_ORIGINS: '*' }, /FIELDNOTES_ORIGINS: \* is not/],
    ['any subdomain', { FIELDNOTES_ORIGINS: 'https://*.example.com' }, /is not an https origin/],
    ['plain http', { FIELDNOTES_ORIGINS: 'http://localhost:3000' }, /is not an https origin/],
    ['an origin with a path', { FIELDNOTES_ORIGINS: 'https://notes.example.com/' }, /is not an https origin/],
    ['a domain with a path', { ...origins, FIELDNOTES_DOMAIN: 'example.com/api' }, /FIELDNOTES_DOMAIN can't be/],
    [
      'one name for two hosts',
      { ...origins, FIELDNOTES_DOMAIN: 'a.example.com', FIELDNOTES_ISSUER_DOMAIN: 'a.example.com' },
      /FIELDNOTES_ISSUER_DOMAIN and FIELDNOTES_DOMAIN are two servers/,
    ],
    [
      'an issuer with a path',
      { ...origins, FIELDNOTES_ISSUER_DOMAIN: 'auth.example.com/x' },
      /FIELDNOTES_ISSUER_DOMAIN can't/,
    ],
    ['two keys that sign', { ...origins, FIELDNOTES_SIGNING_KEYS: '1:active,2:active' }, /not exactly one is active/],
    ['a key that is listed twice', { ...origins, FIELDNOTES_SIGNING_KEYS: '1:active,1:removed' }, /listed twice/],
    [
      'more keys than verifiers expect',
      { ...origins, FIELDNOTES_SIGNING_KEYS: '1:active,2:next,3:next,4:next' },
      /more than 3/,
    ],
    [
      'a state that is none',
      { ...origins, FIELDNOTES_SIGNING_KEYS: '1:on' },
      /FIELDNOTES_SIGNING_KEYS can't have 1:on/,
    ],
    ['a web domain with a path', { ...origins, FIELDNOTES_WEB_DOMAIN: 'example.com/app' }, /_WEB_DOMAIN can't be/],
    [
      'one name for the web app and the API',
      { ...origins, FIELDNOTES_DOMAIN: 'a.example.com', FIELDNOTES_WEB_DOMAIN: 'a.example.com' },
      /need two names/,
    ],
    [
      'a web domain without sessions',
      { ...origins, FIELDNOTES_SESSIONS: 'off', FIELDNOTES_WEB_DOMAIN: 'app.example.com' },
      /FIELDNOTES_WEB_DOMAIN needs FIELDNOTES_SESSIONS=on/,
    ],
    ['sessions that are half on', { ...origins, FIELDNOTES_SESSIONS: 'yes' }, /FIELDNOTES_SESSIONS can't be yes/],
    ['a project that is none', { ...origins, FIELDNOTES_FIREBASE_PROJECT: 'A b' }, /FIELDNOTES_FIREBASE_PROJECT can't/],
    [
      'an API key without a project',
      { ...origins, FIELDNOTES_FIREBASE_API_KEY: 'k'.repeat(39) },
      /needs FIELDNOTES_FIREBASE_PROJECT/,
    ],
    ['issuers that are no list', { ...origins, FIELDNOTES_ISSUERS: '{}' }, /FIELDNOTES_ISSUERS is not a JSON list/],
    [
      'an issuer without an audience',
      { ...origins, FIELDNOTES_ISSUERS: '[{"name":"auth0"}]' },
      /FIELDNOTES_ISSUERS\[0\].audience is missing/,
    ],
    [
      'an issuer at a laptop',
      { ...origins, FIELDNOTES_ISSUERS: '[{"issuer":"http://localhost:8080/realms/notes"}]' },
      /FIELDNOTES_ISSUERS\[0\].issuer is not https/,
    ],
    [
      'a gate that neither denies nor lets pass',
      { ...origins, FIELDNOTES_GATE_DENIES: 'yes' },
      /FIELDNOTES_GATE_DENIES can't/,
    ],
    ['API keys of another kind', { ...origins, FIELDNOTES_API_KEYS: 'on' }, /FIELDNOTES_API_KEYS can't/],
    [
      'a user of IAM as a service',
      { ...origins, FIELDNOTES_IAM_SERVICES: '{"arn:aws:iam::123456789012:user/x":[]}' },
      /FIELDNOTES_IAM_SERVICES: role 1 is not arn:aws:sts/,
    ],
    [
      'every role as a service',
      { ...origins, FIELDNOTES_IAM_SERVICES: '{"*":["notes:read"]}' },
      /FIELDNOTES_IAM_SERVICES: role 1 is not arn:aws:sts/,
    ],
    [
      'a scope that is not ours',
      { ...origins, FIELDNOTES_IAM_SERVICES: '{"arn:aws:sts::123456789012:assumed-role/x":["notes:reed"]}' },
      /FIELDNOTES_IAM_SERVICES: role 1 has a scope that is none of notes:read/,
    ],
    ['services that are no JSON', { ...origins, FIELDNOTES_IAM_SERVICES: 'reports' }, /FIELDNOTES_IAM_SERVICES is not/],
    ['passkeys that are neither on nor off', { ...origins, FIELDNOTES_PASSKEYS: 'true' }, /FIELDNOTES_PASSKEYS can't/],
    ['a table that is none', { ...origins, FIELDNOTES_TABLE: 'notes/restored' }, /FIELDNOTES_TABLE can't/],
    ['a budget that is no amount', { ...origins, FIELDNOTES_BUDGET: '1e9' }, /FIELDNOTES_BUDGET can't be 1e9/],
    ['a budget of nothing', { ...origins, FIELDNOTES_BUDGET: '0' }, /FIELDNOTES_BUDGET can't be 0/],
    [
      'a budget that notifies no address',
      { ...origins, FIELDNOTES_BUDGET: '250' },
      /FIELDNOTES_BUDGET needs FIELDNOTES_ALARM_EMAIL/,
    ],
    [
      'an address without anything to report',
      { ...origins, FIELDNOTES_ALARM_EMAIL: 'operator@example.com', FIELDNOTES_ALARMS: 'off' },
      /FIELDNOTES_ALARM_EMAIL needs FIELDNOTES_ALARMS=on/,
    ],
    ['alarms that are neither on nor off', { ...origins, FIELDNOTES_ALARMS: 'yes' }, /FIELDNOTES_ALARMS can't be yes/],
    ['a program that is neither', { ...origins, FIELDNOTES_MACHINE: '1' }, /FIELDNOTES_MACHINE can't be 1/],
    ['an address that is none', { ...origins, FIELDNOTES_ALARM_EMAIL: 'nobody' }, /FIELDNOTES_ALARM_EMAIL can't/],
    [
      'an address that another line was written to',
      { ...origins, FIELDNOTES_ALARM_EMAIL: 'operator@example.comFIELDNOTES_TABLE=notes-restored' },
      /FIELDNOTES_ALARM_EMAIL can't/,
    ],
    ['a misspelt table', { ...origins, FIELDNOTES_TABEL: 'notes-restored' }, /FIELDNOTES_TABEL is no setting/],
    ['a misspelt address', { ...origins, FIELDNOTES_ALARM_MAIL: 'a@b.example' }, /FIELDNOTES_ALARM_MAIL is no setting/],
    [
      'warm instances that are no number',
      { ...origins, FIELDNOTES_PROVISIONED: '1e9' },
      /FIELDNOTES_PROVISIONED can't/,
    ],
    ['more warm instances than two versions can have', { ...origins, FIELDNOTES_PROVISIONED: '200' }, /can't be 200/],
  ])('is refused with %s', (_, env, message) => {
    expect(() => settingsOf('production', env)).toThrow(message)
  })

  it.each(['Prod', 'production-eu', 'staging'])('is refused as %s, which would keep nothing', (stage) => {
    expect(() => settingsOf(stage, origins)).toThrow(/say production/)
  })

  it.each(['Alice', 'alice_2', '-alice', 'alice-', 'a--b', 'ä', '', 'a'.repeat(41)])(
    'is refused as "%s", which can not be in an address',
    (stage) => {
      expect(() => settingsOf(stage, {})).toThrow(/use at most 40 lower-case letters and digits/)
    },
  )

  it.each(['aws', 'my-cognito', 'lawson', 'amazon2'])('is refused as %s, which has a reserved word', (stage) => {
    expect(() => settingsOf(stage, {})).toThrow(/AWS allows no "(aws|amazon|cognito)" in the address/)
  })

  it.each(['alice', 'pr-12', '2', 'lab-2-east', 'a'.repeat(40)])('may be %s', (stage) => {
    expect(() => settingsOf(stage, origins)).not.toThrow()
  })
})
