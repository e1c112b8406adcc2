/** The tests of `store`. */
import { loadTests } from './load-tests.ts'

loadTests({
  'store/item-keys': () => import('../store/item-keys.test.ts'),
  'people/update-profile': () => import('../people/update-profile.test.ts'),
  'notes/partitions': () => import('../notes/partitions.test.ts'),
  'people/people': () => import('../people/people.test.ts'),
  'store/expiry': () => import('../store/expiry.test.ts'),
  'store/idempotency': () => import('../store/idempotency.test.ts'),
  'store/receipt-digests': () => import('../store/receipt-digests.test.ts'),
  'store/requests': () => import('../store/requests.test.ts'),
})
