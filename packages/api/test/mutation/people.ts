/** The tests of `people`. */
import { loadTests } from './load-tests.ts'

loadTests({
  'people/handle': () => import('../people/handle.test.ts'),
  'people/profile-item': () => import('../people/profile-item.test.ts'),
  'people/update-profile': () => import('../people/update-profile.test.ts'),
  'people/people': () => import('../people/people.test.ts'),
  'people/people-race': () => import('../people/people-race.test.ts'),
  'people/third-party': () => import('../people/third-party.test.ts'),
  'people/stored-profile': () => import('../people/stored-profile.test.ts'),
  'store/receipts': () => import('../store/receipts.test.ts'),
  'store/requests': () => import('../store/requests.test.ts'),
})
