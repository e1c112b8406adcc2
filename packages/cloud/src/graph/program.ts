import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { preamble } from '../bundle.ts'
import { platform, providerLock } from '../paths.ts'
import type { App } from './graph.ts'

/** One evaluation: repository, stage, and folder for generated files. */
export interface Evaluation {
  readonly root: string
  readonly work: string
  readonly stage: string
  /** Text of the stage's file of settings, in the place of one of this folder, which may be of a real stage. */
  readonly settingsFile: string
  /** As `sst dev` evaluates it: functions are stubs, whose code runs on the developer's machine. */
  readonly dev: boolean
}

/** SST's esbuild options for a configuration (pkg/js of SST 4.17). */
const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  sourcemap: 'linked',
  mainFields: ['module', 'main'],
  nodePaths: [join(platform, 'node_modules')],
  external: [
    '@pulumi/*',
    'undici',
    '@pulumiverse/*',
    '@sst-provider/*',
    '@aws-sdk/*',
    'esbuild',
    'archiver',
    'glob',
    'vite',
  ],
  logLevel: 'silent',
} as const satisfies BuildOptions

/** Bundles a program that prints the result of `app()`, which SST calls before anything else. */
export async function buildApp({ root, stage }: Evaluation, outfile: string): Promise<void> {
  await build({
    ...common,
    absWorkingDir: root,
    outfile,
    banner: { js: `${preamble}function $config(input) { return input }` },
    stdin: {
      resolveDir: root,
      sourcefile: 'eval.ts',
      loader: 'ts',
      contents: `import config from ${JSON.stringify(join(root, 'sst.config.ts'))}
        process.stdout.write(JSON.stringify(await config.app({ stage: ${JSON.stringify(stage)} })))`,
    },
  })
}

/** Bundles `run()` with SST's components and with `write-graph.ts`, which records their requests. */
export async function buildProgram(evaluation: Evaluation, app: App, outfile: string): Promise<void> {
  const { root, work, dev, settingsFile } = evaluation
  const paths = { root, work, platform, home: join(work, 'home') }
  await build({
    ...common,
    absWorkingDir: root,
    outfile,
    banner: { js: preamble },
    define: {
      $app: JSON.stringify(app),
      $cli: JSON.stringify({ command: dev ? 'dev' : 'deploy', dev, paths, state: { version: {} } }),
      $dev: String(dev),
    },
    inject: [join(platform, 'src/shim/run.js')],
    plugins: [givenFile(root, settingsFile), globals(root)],
    stdin: {
      resolveDir: root,
      sourcefile: 'eval.ts',
      loader: 'ts',
      contents: `import { run } from ${JSON.stringify(join(platform, 'src/auto/run.ts'))}
        import config from ${JSON.stringify(join(root, 'sst.config.ts'))}
        import * as pulumi from '@pulumi/pulumi'
        import { MockMonitor } from '@pulumi/pulumi/runtime/mocks.js'
        import { writeGraph } from ${JSON.stringify(join(import.meta.dirname, 'write-graph.ts'))}
        await writeGraph(pulumi, MockMonitor, () => run(config.run), $app)`,
    },
  })
}

/** Replaces what reads the stage's file of settings. */
function givenFile(root: string, text: string): Plugin {
  const contents = `export function settingsFile() { return ${JSON.stringify(text)} }`
  return {
    name: 'given-file',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        path === join(root, 'infra/settings-file.ts') ? { contents, loader: 'ts' } : undefined,
      ),
  }
}

/** Provides the globals `aws` and `sst` to the configuration's files, by importing them first. */
function globals(root: string): Plugin {
  return {
    name: 'globals',
    setup: ({ onLoad }) => {
      const providers: { alias: string; package: string }[] = JSON.parse(readFileSync(providerLock, 'utf8'))
      const imports = [
        ...providers.map((provider) => `import * as ${provider.alias} from "${provider.package}";`),
        `import * as sst from "${platform}/src/components";`,
      ].join('\n')
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path !== join(root, 'sst.config.ts') && !path.startsWith(join(root, 'infra/'))) return undefined
        return { contents: `${imports}\n${readFileSync(path, 'utf8')}`, loader: extname(path).slice(1) as 'ts' }
      })
    },
  }
}
