/** The whole matrix of packages/policy. Only in `npm run test:all`. */
import { allRuns, describeHosts } from './kit/host-matrix.ts'
import { policyHosts, policyRequests, shieldHost } from './kit/policy-hosts.ts'

describeHosts(policyHosts, policyRequests, allRuns)
describeHosts([shieldHost], policyRequests, [
  { node: '20', bundler: 'none' },
  { node: '22', bundler: 'none' },
])
