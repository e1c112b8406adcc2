/**
 * Hands the selected account to the app: in a popup to the frame of this origin in the app's page, after a redirect by
 * the session storage of this origin.
 */
const { event, storageKey, redirectUrl } = document.getElementById('event').dataset
const authEvent = JSON.parse(event)

/** Frames of other origins can't be read, and are skipped. */
function isOurs(frame) {
  try {
    const query = new URLSearchParams(frame.location.search)
    return frame.location.origin === location.origin && `${query.get('apiKey')}:${query.get('appName')}` === storageKey
  } catch {
    return false
  }
}

function frames() {
  const { opener } = window
  return opener ? Array.from({ length: opener.length }, (_, index) => opener[index]).filter(isOurs) : []
}

function deliver() {
  const found = frames()
  const message = { eventType: 'sendAuthEvent', data: { authEvent, storageKey } }
  for (const frame of found) frame.postMessage(message, location.origin)
  return found.length > 0
}

function redirect() {
  sessionStorage.setItem(`firebase:redirectEvent:${storageKey}`, event)
  location.replace(redirectUrl)
}

if (redirectUrl) redirect()
else if (!deliver()) document.getElementById('state').textContent = 'No app waits for this sign-in. Start again there.'
