/** Limits of browser sessions: inputs of a sign-in, and what is kept of people and keys. */
import type { Bound } from './all-bounds.ts'
import { bound, raised, unit } from './bound-row.ts'

/** File and number → the unit test that must fail. */
const tested: readonly (readonly [file: string, number: string, test: string, only: string])[] = [
  ['steps/browser-sign-in', 'queryMax = 8192', 'steps/browser-sign-in', 'more than 8,192 characters'],
  ['http/return-path', 'charactersMax = 1024', 'http/return-path', 'gives / for "/xxx'],
  ['steps/begin-session', 'sessionsMax = 50', 'steps/begin-session', 'when a person has 50'],
  ['steps/begin-session', 'userAgentMax = 200', 'steps/begin-session', 'more than 200 characters'],
  ['steps/inform-provider', 'sessionsMax = 500', 'steps/inform-provider', 'takes 500 sessions at once'],
  ['http/cookies', 'signInsMax = 5', 'http/event', 'makes room for itself among five'],
  ['http/cookies', 'removedMax = 20', 'http/event', 'a response removes 20 of them'],
  ['steps/once-per-person', 'peopleMax = 1000', 'steps/once-per-person', 'remembers 1,000 people'],
  ['crypto/envelope', 'openedMax = 500', 'crypto/envelope', 'remembers 500 data keys'],
]

/** All rows. */
export const sessionBounds: readonly Bound[] = [
  ...tested.map(([file, number, test, only]) =>
    bound(
      `${number.split(' ')[0]} of session/${file}`,
      raised(`packages/session/src/${file}.ts`, `const ${number}`),
      unit(`session/test/${test}.test.ts`, only),
    ),
  ),
  bound('body of /session/firebase', raised('packages/session/src/steps/firebase-sign-in.ts', 'bodyMax = 16_384'), {
    project: 'journeys',
    test: 'packages/journeys/test/session/firebase.test.ts',
    only: 'of more than 16,384 characters',
  }),
]
