/**
 * All tests in one file for mutation runs, fast ones first: loading many files takes longer than running them. Property
 * tests and tests with child processes are not included.
 */
import './refusals.test.ts'
import './token/limits.test.ts'
import './token/bearer.test.ts'
import './startup/assert-settings.test.ts'
import './startup/deployed-faults.test.ts'
import './startup/row-faults.test.ts'
import './principal/create-principal.test.ts'
import './keys/key.test.ts'
import './token/challenge.test.ts'
import './principal/verified-tokens.test.ts'
import './authenticate.test.ts'
import './keys/fetch-key-set.test.ts'
import './keys/key-set.test.ts'
import './keys/key-outage.test.ts'
import './silence.test.ts'
import './token/error-response.test.ts'
import './account/missing-peer.test.ts'
import './account/online-check.test.ts'
