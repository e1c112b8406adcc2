import { stage } from './current-stage'

/** A share of the budget, in percent, at which AWS sends a mail. */
function mailAt(notificationType: 'ACTUAL' | 'FORECASTED', threshold: number, receiver: string) {
  return {
    comparisonOperator: 'GREATER_THAN',
    notificationType,
    threshold,
    thresholdType: 'PERCENTAGE',
    subscriberEmailAddresses: [receiver],
  }
}

const { budget, alarmEmail } = stage

/**
 * A limit of the account's monthly cost. It covers the account and not the stage alone: a budget with a filter by tags
 * counts nothing until the tag is activated for cost allocation (AWS, "Using user-defined cost allocation tags"), and
 * would never send a mail. It stops nothing.
 */
if (budget !== null && alarmEmail !== null)
  new aws.budgets.Budget('Budget', {
    name: `${$app.name}-${$app.stage}`,
    budgetType: 'COST',
    timeUnit: 'MONTHLY',
    limitAmount: String(budget),
    limitUnit: 'USD',
    notifications: [mailAt('ACTUAL', 80, alarmEmail), mailAt('FORECASTED', 100, alarmEmail)],
  })
