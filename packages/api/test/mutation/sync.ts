/** The tests of `notes/sync`. Those of bursts and of long notes are not included: they take seconds. */
import { loadTests } from './load-tests.ts'

loadTests({
  'notes/sync/change-index': () => import('../notes/sync/change-index.test.ts'),
  'notes/sync/select-page': () => import('../notes/sync/select-page.test.ts'),
  'notes/sync/sync-cursor': () => import('../notes/sync/sync-cursor.test.ts'),
  'notes/sync/changes-cursor': () => import('../notes/sync/changes-cursor.test.ts'),
  'notes/sync/changes-early': () => import('../notes/sync/changes-early.test.ts'),
  'notes/sync/changes-race': () => import('../notes/sync/changes-race.test.ts'),
  'notes/sync/delta-sync': () => import('../notes/sync/delta-sync.test.ts'),
  'store/requests': () => import('../store/requests.test.ts'),
})
