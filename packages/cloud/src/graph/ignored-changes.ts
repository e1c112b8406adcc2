/** What Pulumi's engine does with the option `ignoreChanges`. */
import type { Inputs } from './pulumi-types.ts'

/**
 * The inputs with the old value at each ignored path, such as `providerDetails.token_url`; without the path where the
 * old inputs had none (Pulumi, "ignoreChanges").
 */
export function withIgnored(inputs: Inputs, old: Inputs, paths: readonly string[]): Inputs {
  return paths.reduce((kept, path) => withOldAt(kept, old, path.split('.')), inputs)
}

function withOldAt(inputs: Inputs, old: Inputs, [name = '', ...rest]: readonly string[]): Inputs {
  if (rest.length > 0 && isObject(inputs[name]) && isObject(old[name])) {
    return { ...inputs, [name]: withOldAt(inputs[name], old[name], rest) }
  }
  // A whole value is created with the resource, when there is no old one.
  if (rest.length > 0) return inputs
  const { [name]: _, ...others } = inputs
  return old[name] === undefined ? others : { ...others, [name]: old[name] }
}

function isObject(value: unknown): value is Inputs {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
