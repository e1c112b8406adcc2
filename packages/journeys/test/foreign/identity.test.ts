/** The whole matrix of packages/identity. Only in `npm run test:all`. */

import { allRuns, describeHosts } from './kit/host-matrix.ts'
import { identityHosts, identityRequests } from './kit/identity-hosts.ts'

describeHosts(identityHosts, identityRequests, allRuns)
