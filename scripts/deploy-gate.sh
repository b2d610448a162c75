#!/usr/bin/env bash
# Says by which GitHub environment main may be deployed: `production`, which waits for nobody, when what has changed since
# the last deploy is `new calls only` at most; `production-approved`, which waits for a person, otherwise and in doubt.
# Prints the name; the reason goes to standard error.
#
#   GITHUB_REPOSITORY, GH_TOKEN   whose deployments are read (`gh`)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
export CHECKPOINT_DISABLE=1

ask() { # ask <reason>
  echo "Needs a person: $1" >&2
  echo production-approved
  exit 0
}

# The commit of the last deploy that succeeded. What a rejected or failed one left undone is part of the next.
last_deployed() {
  local id sha
  gh api "repos/$GITHUB_REPOSITORY/deployments?per_page=50" \
    --jq '.[] | select(.environment == "production" or .environment == "production-approved") | "\(.id) \(.sha)"' |
    while read -r id sha; do
      if gh api "repos/$GITHUB_REPOSITORY/deployments/$id/statuses?per_page=100" --jq '.[].state' </dev/null |
        grep -qx success; then
        echo "$sha"
        break
      fi
    done
}

base=$(last_deployed) || ask 'the deployments of this repository cannot be read'
[ -n "$base" ] || ask 'nothing has been deployed from here yet'
git cat-file -e "$base^{commit}" 2>/dev/null || ask "$base, which was deployed last, is not in the history of main"

if npx fleet review --base "$base" --allow 'new calls only' >&2; then
  echo "Needs nobody: since $base, new calls only." >&2
  echo production
else
  ask "since $base, something above \"new calls only\", a finding without a waiver, or no review was possible"
fi
