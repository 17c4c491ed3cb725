metadata description = 'Optional: tells people when the resource group costs more in a month than was expected.'

@description('Name of the budget.')
param name string

@description('Amount for a month, in the currency of the bill.')
param amount int

@description('First day of the month in which it begins.')
param startDate string

@description('Who is told; without one, the owners.')
param emails string[]

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: startDate }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: emails
        contactRoles: empty(emails) ? ['Owner'] : []
      }
    }
  }
}
