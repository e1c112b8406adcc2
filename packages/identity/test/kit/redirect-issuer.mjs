/**
 * Preloaded (`node --import`) before an example: requests to the example's issuer go to the server at ISSUER_ORIGIN, so
 * that examples run unchanged in tests.
 */
const { fetch } = globalThis

globalThis.fetch = (url, options) =>
  fetch(String(url).replace('https://auth.example.com', String(process.env.ISSUER_ORIGIN)), options)
