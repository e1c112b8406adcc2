/* global React, ReactDOM, GraphiQL */
const callers = [
  { label: 'anonymous' },
  ...['alice', 'bob', 'carol'].flatMap((person) =>
    ['cognito', 'firebase'].map((issuer) => ({ label: `${person} · ${issuer}`, path: `/tokens/${issuer}/${person}` })),
  ),
]

/** One operation in each tab, so that Ctrl-Enter runs what is seen. The first succeeds with every token. */
const tabs = [
  `# The caller above and their notes.
# Press Ctrl-Enter.
query MyNotes {
  me { id name }
  notes(first: 5) {
    nodes { id title content updatedAt }
  }
}
`,
  `mutation WriteANote {
  createNote(input: { title: "Groceries", content: "Milk" }) {
    note { id title version }
  }
}
`,
]

const said = document.getElementById('said')
const nav = document.getElementById('callers')
let current = callers[0]

/** Gets a new token for each request: a token neither expires in an open page nor is stored. */
async function authorization() {
  if (!current.path) return {}
  return { authorization: `Bearer ${await (await fetch(current.path)).text()}` }
}

async function fetcher(request, { headers = {} } = {}) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await authorization()), ...headers },
    body: JSON.stringify(request),
  })
  return response.json()
}

function choose(caller) {
  current = caller
  for (const button of nav.children) button.setAttribute('aria-pressed', String(button.textContent === caller.label))
  said.textContent = `Requests are sent as ${caller.label}.`
}

nav.append(
  ...callers.map((caller) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = caller.label
    button.addEventListener('click', () => choose(caller))
    return button
  }),
)

const copy = document.createElement('button')
copy.type = 'button'
copy.textContent = 'copy the token'
copy.addEventListener('click', async () => {
  const { authorization: header = '' } = await authorization()
  await navigator.clipboard.writeText(header.replace('Bearer ', ''))
  said.textContent = header ? `A token of ${current.label} is on the clipboard.` : 'The anonymous caller has no token.'
})
nav.after(copy)

choose(callers[1])
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: tabs.map((query) => ({ query })),
    defaultEditorToolsVisibility: false,
  }),
)
