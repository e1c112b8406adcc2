/** A browser without scripts: cookies with paths, redirects on this machine, forms. */

/** What a visitor sees: a page, or the address of an app to which it was sent. */
export interface View {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly html: string
}

/** A visitor with its own cookies. */
export interface Visitor {
  readonly open: (url: string) => Promise<View>
  /** Sends the form with this button, or the only one, with these fields beside its hidden ones. */
  readonly submit: (view: View, fields: Readonly<Record<string, string>>, button?: string) => Promise<View>
  /** As `submit`, but stops before the redirect, and returns where it leads. */
  readonly submitOnly: (view: View, fields: Readonly<Record<string, string>>, button?: string) => Promise<string>
  /** Follows the link with this text. */
  readonly follow: (view: View, text: string) => Promise<View>
  readonly cookies: () => string
  /** Sends one request with the visitor's cookies, and follows no redirect. */
  readonly request: (url: string, init?: RequestInit) => Promise<Response>
  /** The value of a cookie; undefined when there is none. */
  readonly cookie: (name: string) => string | undefined
  /** Sets a cookie of the whole origin, as an attacker would. */
  readonly plant: (name: string, value: string) => void
}

interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
}

function parseCookie(line: string, url: URL): Cookie {
  const [pair = '', ...rest] = line.split(';')
  const at = pair.indexOf('=')
  const path = rest.map((part) => part.trim()).find((part) => /^path=/i.test(part))
  return { name: pair.slice(0, at), value: pair.slice(at + 1), path: path?.slice(5) ?? url.pathname }
}

function isBelow(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`)
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
}

/** Forms of a page: action, hidden fields, text of the button. */
function formsOf(html: string) {
  return [...html.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].map(
    ([, action = '', body = '']) => ({
      action: unescaped(action),
      hidden: [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
        ([, name = '', value = '']) => [name, unescaped(value)] as [string, string],
      ),
      button: (/<button[^>]*>(.*?)<\/button>/s.exec(body)?.[1] ?? '').replace(/<[^>]+>/g, ' '),
    }),
  )
}

/** Creates a visitor. Addresses of other origins than `origin` are not opened; they end a chain of redirects. */
export function createVisitor(origin: string): Visitor {
  let jar: readonly Cookie[] = []

  function keep(response: Response, url: URL): void {
    for (const line of response.headers.getSetCookie()) {
      const cookie = parseCookie(line, url)
      jar = jar.filter(({ name, path }) => name !== cookie.name || path !== cookie.path)
      if (cookie.value !== '') jar = [...jar, cookie]
    }
  }

  async function send(url: URL, init: RequestInit): Promise<Response> {
    const cookie = jar
      .filter(({ path }) => isBelow(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    keep(response, url)
    return response
  }

  async function go(target: string, init: RequestInit = {}, left = 12): Promise<View> {
    const url = new URL(target, origin)
    if (url.origin !== origin || left === 0) return { url: url.href, status: 0, headers: new Headers(), html: '' }
    const response = await send(url, init)
    const location = response.headers.get('location')
    if (location) return go(new URL(location, url).href, {}, left - 1)
    return { url: url.href, status: response.status, headers: response.headers, html: await response.text() }
  }

  function formRequest(view: View, fields: Readonly<Record<string, string>>, button?: string): [URL, RequestInit] {
    const form = formsOf(view.html).find((each) => button === undefined || each.button.includes(button))
    if (!form) throw new Error(`no form with ${button} in ${view.status} ${view.html}`)
    const body = new URLSearchParams([...form.hidden, ...Object.entries(fields)])
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin, 'sec-fetch-site': 'same-origin' }
    return [new URL(form.action, view.url), { method: 'POST', headers, body }]
  }

  return {
    open: (url) => go(url),
    submit: async (view, fields, button) => {
      const [url, init] = formRequest(view, fields, button)
      return go(url.href, init)
    },
    submitOnly: async (view, fields, button) => {
      const response = await send(...formRequest(view, fields, button))
      return response.headers.get('location') ?? ''
    },
    follow: (view, text) => {
      const links = [...view.html.matchAll(/<a [^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs)]
      const [, href] = links.find(([, , label = '']) => label.includes(text)) ?? []
      if (href === undefined) throw new Error(`no link ${text}`)
      return go(new URL(unescaped(href), view.url).href)
    },
    cookies: () => jar.map(({ name }) => name).join(' '),
    request: (url, init = {}) => send(new URL(url, origin), init),
    cookie: (name) => jar.find((each) => each.name === name)?.value,
    plant: (name, value) => {
      jar = [...jar.filter((each) => each.name !== name), { name, value, path: '/' }]
    },
  }
}
