/** Parses the links and variables of the deployed authorizer into its configuration, or lists every fault in them. */
import { readIssuers } from '@fieldnotes/stage/issuers'
import { createLinkReader } from '@fieldnotes/stage/link-reader'
import { variableFaults } from '@fieldnotes/stage/variable-faults'
import type { Config } from './config.ts'

/** SST's links by name; undefined where a link is missing. */
export interface Links {
  readonly Notes: unknown
}

/**
 * The configuration of a deployed authorizer.
 * @throws Error that lists every fault, one a line, and quotes no value
 */
export function parseConfig(links: Links, environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const given = createLinkReader(links, faults)
  const resource = given.text('Notes', 'resource', /^https:\/\/[^\s/#?]+\/graphql$/)
  const region = given.text('Notes', 'region', /^[a-z]{2}(-[a-z]+)+-\d$/)
  const access = { name: given.text('Notes', 'accessTableName', /^[\w.-]{3,255}$/), region }
  const { issuers } = readIssuers(given, region)
  const gateDenies = given.text('Notes', 'gateDenies', /^(on|off)$/) === 'on'
  faults.push(...variableFaults(environment))
  if (faults.length > 0) throw new Error(['the configuration is not usable:', ...faults].join('\n- '))
  return { resource, issuers, access, gateDenies }
}
