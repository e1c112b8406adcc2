/** One column of the matrix, for every `npm test`. */
import { describeHosts } from './kit/host-matrix.ts'
import { identityRequests, nodeHttp } from './kit/identity-hosts.ts'
import { callersAndLimits, graphqlJs } from './kit/policy-hosts.ts'

describeHosts([nodeHttp], identityRequests, [{ node: 'this', bundler: 'none' }])
describeHosts([graphqlJs], callersAndLimits, [{ node: 'this', bundler: 'none' }])
