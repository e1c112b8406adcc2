/** Settings in which stages differ. Everything else is the same in all stages. */
export interface StageKind {
  readonly region: string
  /** Protects data against mistakes: deletion protection, retention, and no removal of the stage. */
  readonly keep: boolean
  readonly logDays: number
  /** Requests per second, and concurrent requests, above which the gateway answers 429. */
  readonly throttle: { readonly rate: number; readonly burst: number }
  /**
   * Reserved concurrency of the endpoint, and as much of the authorizer, which is also their maximum. Null: the
   * account's unreserved concurrency.
   */
  readonly reserved: number | null
}

const kinds = {
  production: { region: 'eu-west-1', keep: true, logDays: 365, throttle: { rate: 500, burst: 1000 }, reserved: 200 },
  preview: { region: 'eu-west-1', keep: false, logDays: 7, throttle: { rate: 50, burst: 100 }, reserved: null },
  personal: { region: 'eu-west-1', keep: false, logDays: 3, throttle: { rate: 20, burst: 40 }, reserved: null },
} as const satisfies Record<string, StageKind>

/**
 * Defaults of a stage by its name: `production`; `preview` and `pr-<number>`; any other name is a personal stage. Never
 * throws: SST calls it before anything else, and would swallow the message.
 */
export function kindOf(stage: string): StageKind {
  if (stage === 'production') return kinds.production
  return /^(preview|pr-\d+)$/.test(stage) ? kinds.preview : kinds.personal
}

/** Whether a stage is a personal one. */
export function isPersonal(stage: string): boolean {
  return kindOf(stage) === kinds.personal
}

/**
 * Allows `sst dev` on personal stages only: it opens the functions' roles to every identity of the account, and sends
 * requests of the stage to the developer's machine.
 * @throws Error for `production` and previews
 */
export function assertLive(stage: string): void {
  if (!isPersonal(stage)) throw new Error(`sst dev: stage ${stage} is not a personal one; choose another name`)
}

/** Names that suggest protection, which only `production` and `preview` have. */
const mistaken = /^(prod(uction)?|prd|live|main|master|staging)([-_].*)?$/i

/** The longest name of a stage: physical names with a stage have at most 63 characters. */
const stageLengthMax = 40

/**
 * Returns the name of a stage.
 * @throws Error for a name that AWS refuses in the address of the sign-in pages, halfway through a deployment
 */
export function properStage(stage: string): string {
  if (mistaken.test(stage) && stage !== 'production')
    throw new Error(`stage ${stage}: say production, which keeps its data, or preview`)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stage) || stage.length > stageLengthMax)
    throw new Error(`stage ${stage}: use at most ${stageLengthMax} lower-case letters and digits, with single hyphens`)
  const reserved = /aws|amazon|cognito/.exec(stage)?.[0]
  if (reserved) throw new Error(`stage ${stage}: AWS allows no "${reserved}" in the address of the sign-in pages`)
  return stage
}
