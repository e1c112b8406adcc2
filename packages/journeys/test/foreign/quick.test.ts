/** One column of the matrix, for every `npm test`. */
import { identityRequests, nodeHttp } from './kit/identity-hosts.ts'
import { describeHosts } from './kit/matrix.ts'
import { graphqlJs, policyRequests } from './kit/policy-hosts.ts'

describeHosts([nodeHttp], identityRequests, [{ node: 'this', bundler: 'none' }])
describeHosts([graphqlJs], policyRequests, [{ node: 'this', bundler: 'none' }])
