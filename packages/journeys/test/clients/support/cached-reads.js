/** A Relay program: executes each query twice in one environment, and prints the data and the number of requests. */
import {
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getRequest,
  graphql,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime'
import refetched from './__generated__/readsRefetchQuery.graphql.js'

graphql`
  fragment readsNote on Note @refetchable(queryName: "readsRefetchQuery") { id pinned viewerCan { update } }
`

const queries = {
  caught: graphql`
    query readsCaughtQuery($id: ID!) { note(id: $id) { title lastEditedWith @catch(to: RESULT) } }
  `,
  uncaught: graphql`
    query readsUncaughtQuery($id: ID!) { note(id: $id) { title lastEditedWith } }
  `,
  nested: graphql`
    query readsNestedQuery($id: ID!) { note(id: $id) @catch(to: RESULT) { title lastEditedWith @catch(to: RESULT) } }
  `,
  outer: graphql`
    query readsOuterQuery($id: ID!) { note(id: $id) @catch(to: RESULT) { title } }
  `,
  pages: graphql`
    query readsPagesQuery($first: Int, $after: String) {
      notes(first: $first, after: $after) @connection(key: "reads_notes") { edges { node { title } } }
    }
  `,
  refetched,
}

for (const [name, query] of Object.entries(queries)) {
  let requests = 0
  const network = Network.create(async ({ text }, variables) => {
    requests += 1
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${process.env.TOKEN}` }
    const body = JSON.stringify({ query: text, variables })
    return (await fetch(process.env.ENDPOINT, { method: 'POST', headers, body })).json()
  })
  const environment = new Environment({ network, store: new Store(new RecordSource()) })
  const variables = { id: process.env.ID, first: 1 }
  const operation = createOperationDescriptor(getRequest(query), variables)
  environment.retain(operation)
  const read = () => fetchQuery(environment, query, variables, { fetchPolicy: 'store-or-network' }).toPromise()
  const first = await read()
  const second = await read()
  const [note] = environment
    .getStore()
    .getSource()
    .getRecordIDs()
    .filter((id) => id === process.env.ID)
  const record = environment.getStore().getSource().get(note)
  console.log(JSON.stringify({ name, first, second, requests, record }))
}
