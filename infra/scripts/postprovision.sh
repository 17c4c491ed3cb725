#!/usr/bin/env bash
# azd runs this after it has made the resources and before it publishes the app: the Graph roles should be there
# before the identity asks for its first token, because a token without them is kept for up to a day.
set -uo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)

echo 'Granting the Graph roles of the identity.'
"$scripts/grant-graph-roles.sh"
status=$?

if [ "$(printf %s "${MAILBOX_SCOPING:-false}" | tr '[:upper:]' '[:lower:]')" = true ]; then
  cat <<TEXT

MAILBOX_SCOPING is true, so an Exchange administrator allows sending for one mailbox, in PowerShell:

  infra/scripts/scope-mailbox.ps1 -ClientId ${IDENTITY_CLIENT_ID:-CLIENT_ID} -PrincipalId ${IDENTITY_PRINCIPAL_ID:-PRINCIPAL_ID} -Mailbox ${EMAIL_FROM:-SENDER}
TEXT
fi

# Whoever deploys often may not grant roles. The deployment goes on; until they are granted each run fails and says so.
if [ "$status" = 3 ]; then
  echo 'The deployment goes on without them.'
  exit 0
fi
exit "$status"
