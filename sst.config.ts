/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app({ stage }) {
    const { kindOf } = await import('./infra/stage-kind')
    const { region, keep } = kindOf(stage)
    return {
      name: 'fieldnotes',
      version: '4.17.1',
      home: 'aws',
      removal: keep ? 'retain' : 'remove',
      protect: keep,
      providers: { aws: { region, defaultTags: { tags: { project: 'fieldnotes', stage } } } },
      types: { ignore: ['packages', 'infra'] },
    }
  },
  async run() {
    await import('./infra/routes')
    await import('./infra/issuer')
    await import('./infra/apps')
    const { addMonitoring } = await import('./infra/monitoring')
    const { outputs } = await import('./infra/outputs')
    return { ...outputs, ...(await addMonitoring()) }
  },
})
