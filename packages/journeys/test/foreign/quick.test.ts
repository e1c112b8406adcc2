/** One column of the matrix, for every `npm test`. */
import { identityQuestions, nodeHttp } from './kit/identity-hosts.ts'
import { describeHosts } from './kit/matrix.ts'

describeHosts([nodeHttp], identityQuestions, [{ node: 'this', bundler: 'none' }])
