/** The whole matrix of packages/identity. Only in `npm run test:all`. */
import { identityHosts, identityRequests } from './kit/identity-hosts.ts'
import { allRuns, describeHosts } from './kit/matrix.ts'

describeHosts(identityHosts, identityRequests, allRuns)
