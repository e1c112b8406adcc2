/**
 * A stand-in for Google's frame library (`https://apis.google.com/js/api.js`), with the calls of it that the Firebase
 * SDK makes: it opens a frame, and passes messages with replies between the frame and the page.
 */
{
  const handlers = new Map()
  const replies = new Map()
  let next = 0

  function channelTo(target) {
    return {
      register: (name, handler) => handlers.set(name, handler),
      send(name, data, reply) {
        replies.set(++next, reply)
        target().postMessage({ gapi: 'call', id: next, name, data }, '*')
      },
    }
  }

  addEventListener('message', async ({ data, source }) => {
    if (data?.gapi === 'call')
      source.postMessage({ gapi: 'reply', id: data.id, result: [await handlers.get(data.name)?.(data.data)] }, '*')
    if (data?.gapi === 'reply') replies.get(data.id)?.(data.result)
  })

  function openFrame({ where, url, attributes = {} }, opened) {
    const frame = document.createElement('iframe')
    Object.assign(frame, { src: url, title: 'sign-in' })
    Object.assign(frame.style, attributes.style)
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    where.append(frame)
    const channel = channelTo(() => frame.contentWindow)
    return opened({ ...channel, restyle: async () => {}, ping: (done) => loaded.then(done) })
  }

  const context = { open: openFrame, getParentIframe: () => channelTo(() => parent) }
  globalThis.gapi = {
    load: (_name, options) => (options.callback ?? options)(),
    iframes: { CROSS_ORIGIN_IFRAMES_FILTER: {}, Iframe: Object, getContext: () => context },
  }
  const onload = new URL(document.currentScript.src).searchParams.get('onload')
  if (onload) globalThis[onload]()
}
