/** One column of the matrix, for every `npm test`. */
import { identityQuestions, nodeHttp } from './kit/identity-hosts.ts'
import { describeHosts } from './kit/matrix.ts'
import { graphqlJs, policyQuestions } from './kit/policy-hosts.ts'

describeHosts([nodeHttp], identityQuestions, [{ node: 'this', bundler: 'none' }])
describeHosts([graphqlJs], policyQuestions, [{ node: 'this', bundler: 'none' }])
