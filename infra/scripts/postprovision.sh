#!/usr/bin/env bash
# azd runs this after it has made the resources and before it publishes the app: the Graph roles should be there
# before the identity asks for its first token, because a token without them is kept for up to a day.
# postprovision.ps1 does and says the same on Windows; test/infra/ holds both to one table of cases.
set -uo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)

echo 'Granting the Graph roles of the identity.'
"$scripts/grant-graph-roles.sh"
status=$?

# Whoever deploys often may not grant roles. The deployment goes on; until they are granted each run fails and says so.
case $status in
  0) ;;
  3) echo 'The deployment goes on without them.' ;;
  *) exit "$status" ;;
esac

if [ "$(printf %s "${MAILBOX_SCOPING:-false}" | tr '[:upper:]' '[:lower:]')" = true ]; then
  # PowerShell reads this line, so that a quote is doubled.
  sender=$(printf %s "${EMAIL_FROM:-SENDER}" | sed "s/'/''/g")
  command="infra/scripts/scope-mailbox.ps1 -ClientId ${IDENTITY_CLIENT_ID:-CLIENT_ID} -PrincipalId $IDENTITY_PRINCIPAL_ID -Mailbox '$sender'"
  [ -z "${AZURE_TENANT_ID:-}" ] || command="$command -TenantId $AZURE_TENANT_ID"
  graph=${GRAPH_ENDPOINT:-https://graph.microsoft.com}
  case ${graph%/} in
    https://graph.microsoft.us) command="$command -Environment USGov" ;;
    https://dod-graph.microsoft.us) command="$command -Environment USGovDoD" ;;
    https://microsoftgraph.chinacloudapi.cn) command="$command -Environment China" ;;
  esac
  cat <<TEXT

MAILBOX_SCOPING is true, so an Exchange administrator allows sending for one mailbox, in PowerShell 7:

  $command
TEXT
  [ -n "${EMAIL_FROM:-}" ] || echo 'EMAIL_FROM is not set yet: put the mailbox that will send in the place of SENDER.'
  [ -n "${IDENTITY_CLIENT_ID:-}" ] || echo 'Put the client id of the identity in the place of CLIENT_ID.'
fi
exit 0
