#!/usr/bin/env bash
# Says by which GitHub environment main may be deployed: `production`, which waits for nobody, when what has changed since
# the last deploy is `new calls only` at most; `production-approved`, which waits for a person, otherwise and in doubt.
# Prints the name; the reason goes to standard error. Ends with 1 when nothing may be deployed: something newer is, or the
# environment would ask nobody.
#
#   GITHUB_REPOSITORY, GH_TOKEN   whose deployments and environments are read (`gh`)
#   GITHUB_EVENT_NAME             `workflow_dispatch` always waits for a person
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
export CHECKPOINT_DISABLE=1

refuse() { # refuse <reason>
  echo "::error::Not deployed: $1" >&2
  exit 1
}

ask() { # ask <reason>
  local asks
  asks=$(gh api "repos/$GITHUB_REPOSITORY/environments/production-approved" \
    --jq '[.protection_rules[]?.type] | index("required_reviewers") != null')
  [ "$asks" = true ] ||
    refuse 'the environment production-approved has no required reviewers, so nobody would be asked; docs/ci.md sets it up'
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
head=$(git rev-parse HEAD)
if [ "$head" != "$base" ] && git merge-base --is-ancestor "$head" "$base"; then
  refuse "$head is older than $base, which was deployed last (a run that is run again deploys its own commit); revert by a commit"
fi
[ "${GITHUB_EVENT_NAME:-}" != workflow_dispatch ] || ask 'somebody runs it by hand'
npx fleet check >&2 || ask 'fleet check finds something'
npx fleet policy >&2 || ask 'fleet policy finds something, or a waiver has ended'

if npx fleet review --base "$base" --allow 'new calls only' >&2; then
  echo "Needs nobody: since $base, new calls only." >&2
  echo production
else
  ask "since $base, something above \"new calls only\", a finding without a waiver, or no review was possible"
fi
