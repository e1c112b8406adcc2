/** The whole matrix of packages/policy. Only in `npm run test:all`. */
import { allRuns, describeHosts } from './kit/matrix.ts'
import { policyHosts, policyQuestions, shieldHost } from './kit/policy-hosts.ts'

describeHosts(policyHosts, policyQuestions, allRuns)
describeHosts([shieldHost], policyQuestions, [
  { node: '20', bundler: 'none' },
  { node: '22', bundler: 'none' },
])
