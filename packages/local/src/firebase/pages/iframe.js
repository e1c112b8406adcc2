/**
 * The frame of this origin in the app's page. It receives the account from the window of `handler.js`, or from the
 * session storage after a redirect, and sends it to the SDK through Google's frame library.
 */
const query = new URLSearchParams(location.search)
const storageKey = `${query.get('apiKey')}:${query.get('appName')}`
const storageName = `firebase:redirectEvent:${storageKey}`

/** Ready once the library is loaded; an account that comes earlier waits here. */
let parentFrame
let waiting

function send(authEvent) {
  const type = 'authEvent'
  const none = { type: 'unknown', error: { code: 'auth/no-auth-event' } }
  parentFrame.send(type, { type, authEvent: authEvent ?? none }, () => {}, gapi.iframes.CROSS_ORIGIN_IFRAMES_FILTER)
}

function stored() {
  const text = sessionStorage.getItem(storageName)
  sessionStorage.removeItem(storageName)
  return text === null ? undefined : JSON.parse(text)
}

addEventListener('message', ({ origin, data }) => {
  if (origin !== location.origin || data?.eventType !== 'sendAuthEvent' || data.data.storageKey !== storageKey) return
  if (parentFrame) send(data.data.authEvent)
  else waiting = data.data.authEvent
})

function connect() {
  parentFrame = gapi.iframes.getContext().getParentIframe()
  const support = () => ({ status: 'ACK', webStorageSupport: true })
  parentFrame.register('webStorageSupport', support, gapi.iframes.CROSS_ORIGIN_IFRAMES_FILTER)
  send(waiting ?? stored())
}

// Without a network the library is missing: the SDK reports that the popup failed.
addEventListener('load', () => globalThis.gapi?.load('gapi.iframes', { callback: connect }))
