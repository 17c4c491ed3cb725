#!/usr/bin/env bash
# Grants the identity of the function app its application roles in Microsoft Graph, and no others. Run it as often
# as you like: it looks first and grants what is missing. Needs the Azure CLI, signed in to the tenant.
#
# Exit codes: 0 all roles are there, 1 something failed, 2 wrong arguments, 3 refused: hand the command over.
# grant-graph-roles.ps1 does and says the same; test/infra/ holds both to one table of cases.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: grant-graph-roles.sh [--principal-id ID] [--mailbox-scoping true|false] [--tenant-id ID] [--graph-endpoint URL]

  --principal-id ID       object id of the identity (default: $IDENTITY_PRINCIPAL_ID)
  --mailbox-scoping BOOL  true leaves out Mail.Send, because Exchange grants sending for one mailbox
                          (default: $MAILBOX_SCOPING, else false)
  --tenant-id ID          tenant that the Azure CLI must be signed in to (default: $AZURE_TENANT_ID, else any)
  --graph-endpoint URL    root of Graph in a national cloud (default: $GRAPH_ENDPOINT, else that of the global cloud)
TEXT
}

readonly GRAPH_APP_ID=00000003-0000-0000-c000-000000000000
readonly GUID='^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'

principal_id=${IDENTITY_PRINCIPAL_ID:-}
mailbox_scoping=${MAILBOX_SCOPING:-false}
expected_tenant=${AZURE_TENANT_ID:-}
graph=${GRAPH_ENDPOINT:-https://graph.microsoft.com}
retry_seconds=${RETRY_SECONDS:-10}

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

while [ $# -gt 0 ]; do
  case $1 in
    --principal-id | --mailbox-scoping | --tenant-id | --graph-endpoint)
      [ $# -ge 2 ] || fail "$1 needs a value." 2
      case $1 in
        --principal-id) principal_id=$2 ;;
        --mailbox-scoping) mailbox_scoping=$2 ;;
        --tenant-id) expected_tenant=$2 ;;
        --graph-endpoint) graph=$2 ;;
      esac
      shift 2
      ;;
    --help)
      usage
      exit 0
      ;;
    *)
      usage >&2
      fail "Unknown argument: $1" 2
      ;;
  esac
done

mailbox_scoping=$(printf %s "$mailbox_scoping" | tr '[:upper:]' '[:lower:]')
[[ $principal_id =~ $GUID ]] ||
  fail 'The object id of the identity must be a GUID, and is not. It is IDENTITY_PRINCIPAL_ID: azd env get-value IDENTITY_PRINCIPAL_ID' 2
case $mailbox_scoping in
  true | false) ;;
  *) fail 'MAILBOX_SCOPING must be true or false.' 2 ;;
esac
graph=${graph%/}
case $graph in
  https://graph.microsoft.com) cloud=Global az_cloud=AzureCloud ;;
  https://graph.microsoft.us) cloud=USGov az_cloud=AzureUSGovernment ;;
  https://dod-graph.microsoft.us) cloud=USGovDoD az_cloud=AzureUSGovernment ;;
  https://microsoftgraph.chinacloudapi.cn) cloud=China az_cloud=AzureChinaCloud ;;
  *) fail 'GRAPH_ENDPOINT must be the root of Microsoft Graph in one of its clouds, such as https://graph.microsoft.com.' 2 ;;
esac

role_id() {
  case $1 in
    AuditLog.Read.All) echo b0afded3-3588-46d8-8b3d-9842eff778da ;;
    Directory.Read.All) echo 7ab1d382-f21e-4acd-a863-ba3e13f7da61 ;;
    UserAuthenticationMethod.Read.All) echo 38d9df27-64da-44fd-b7c5-a6fbac20248f ;;
    Mail.Send) echo b633e1c5-b582-4048-a93e-9f11b44c7e96 ;;
  esac
}

roles='AuditLog.Read.All Directory.Read.All UserAuthenticationMethod.Read.All'
[ "$mailbox_scoping" = true ] || roles="$roles Mail.Send"

hand_over() {
  local sign_in="az login --tenant ${expected_tenant:-TENANT_ID} --allow-no-subscriptions"
  local arguments="--principal-id $principal_id --mailbox-scoping $mailbox_scoping"
  local parameters="-PrincipalId $principal_id -MailboxScoping $mailbox_scoping"
  if [ -n "$expected_tenant" ]; then
    arguments="$arguments --tenant-id $expected_tenant"
    parameters="$parameters -TenantId $expected_tenant"
  fi
  if [ "$cloud" != Global ]; then
    sign_in="az cloud set --name $az_cloud
  $sign_in"
    arguments="$arguments --graph-endpoint $graph"
    parameters="$parameters -Environment $cloud"
  fi
  cat >&2 <<TEXT

The Graph roles were not all granted: $1

Who may grant them: a Privileged Role Administrator or a Global Administrator of the tenant${expected_tenant:+ $expected_tenant}.
Roles:              $roles
Hand over these commands; they need this repository and the Azure CLI:

  $sign_in
  infra/scripts/grant-graph-roles.sh $arguments

Or this one; it needs this repository, PowerShell 7 and the module Microsoft.Graph.Authentication:

  infra/scripts/grant-graph-roles.ps1 $parameters
TEXT
  exit 3
}

errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

# Calls Graph; repeats while a new identity is not yet known to it. Leaves the reason in $errors.
call_graph() {
  local attempt
  for attempt in 1 2 3 4 5 6; do
    if az rest --resource "$graph" --only-show-errors "$@" 2>"$errors"; then return 0; fi
    grep -q 'Request_ResourceNotFound' "$errors" || return 1
    [ "$attempt" = 6 ] || sleep "$retry_seconds"
  done
  return 1
}

# Ends the script on a call that failed: with commands to hand over where the right was missing.
explain() {
  if grep -qE 'Authorization_RequestDenied|Forbidden|Insufficient privileges|AADSTS' "$errors"; then
    hand_over "$1 was refused."
  fi
  cat "$errors" >&2
  fail "$1 failed. Run the script again when the cause is gone: what is granted stays granted."
}

command -v az >/dev/null || hand_over 'the Azure CLI (az) is not on this machine.'
tenant_id=$(az account show --query tenantId --output tsv --only-show-errors 2>"$errors") ||
  hand_over 'the Azure CLI is not signed in (az login).'
if [ -n "$expected_tenant" ] && [ "$tenant_id" != "$expected_tenant" ]; then
  hand_over "the Azure CLI is signed in to tenant $tenant_id, not to $expected_tenant (az login --tenant $expected_tenant)."
fi
expected_tenant=$tenant_id

graph_id=$(call_graph --method get --url "$graph/v1.0/servicePrincipals(appId='$GRAPH_APP_ID')?\$select=id" \
  --query id --output tsv) || explain 'Looking up Microsoft Graph'
[[ $graph_id =~ $GUID ]] || fail 'Microsoft Graph has no service principal in this tenant.'

# Every page of what is granted, as "role=assignment" words.
assignments=$graph/v1.0/servicePrincipals/$principal_id/appRoleAssignments
granted=
next=$assignments
while [ -n "$next" ]; do
  case $next in
    "$graph"/*) ;;
    *) fail 'Graph pointed to another host for the next page; nothing was granted.' ;;
  esac
  page=$(call_graph --method get --url "$next" --output tsv \
    --query "[join(' ', value[?resourceId=='$graph_id'].join('=', [appRoleId, id])), \"@odata.nextLink\" || '']") ||
    explain 'Reading the granted roles'
  granted="$granted $(printf '%s\n' "$page" | sed -n 1p)"
  next=$(printf '%s\n' "$page" | sed -n 2p)
done

for role in $roles; do
  id=$(role_id "$role")
  case $granted in
    *" $id="*)
      echo "$role: already granted."
      continue
      ;;
  esac
  body="{\"principalId\":\"$principal_id\",\"resourceId\":\"$graph_id\",\"appRoleId\":\"$id\"}"
  if call_graph --method post --url "$assignments" --headers Content-Type=application/json \
    --body "$body" --output none; then
    echo "$role: granted."
  elif grep -q 'already exists' "$errors"; then
    echo "$role: already granted."
  else
    explain "Granting $role"
  fi
done

# Grants add up, so a role that should not be there is named; taking it away is left to a person.
for grant in $granted; do
  is_wanted=false
  for role in $roles; do
    [ "${grant%%=*}" != "$(role_id "$role")" ] || is_wanted=true
  done
  if [ "$is_wanted" = false ]; then
    name="a role that the product does not use (${grant%%=*})"
    [ "${grant%%=*}" != "$(role_id Mail.Send)" ] || name='the tenant-wide Mail.Send, although MAILBOX_SCOPING is true'
    echo "The identity also has $name. To take it away: az rest --resource $graph --method delete --url $assignments/${grant#*=}"
  fi
done
