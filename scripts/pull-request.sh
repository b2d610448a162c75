#!/usr/bin/env bash
# What a pull request is held against, on a laptop (`npm run pull-request`) and in .github/workflows/pull-request.yml.
# No cloud, no credentials. Every step runs, also after one has failed; ends with 1 when one did.
#
#   FLEET_BASE     what the change is compared with (default origin/main)
#   FLEET_ALLOW    highest class that needs nobody's word (default: that of fleet review)
#   FLEET_LABELS   JSON list of the pull request's labels; `allow: moves calls` stands for FLEET_ALLOW, the highest counts
#   FLEET_REVIEW   file that the review is written to, as Markdown (default .fleet/review.md)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
export CHECKPOINT_DISABLE=1

base=${FLEET_BASE:-origin/main}
review=${FLEET_REVIEW:-.fleet/review.md}
failed=()

step() { # step <name> <command…>
  printf '\n== %s\n' "$1"
  "${@:2}" || failed+=("$1")
}

# What is committed is what the data say now: synthesized into a folder of its own and compared.
synth_is_fresh() {
  local fresh
  fresh=$(mktemp -d)
  if CDKTF_OUTDIR=$fresh node --import tsx main.ts; then
    # But for what Terraform itself leaves there (.gitignore).
    diff --recursive --brief --exclude='.terraform*' --exclude='terraform.tfstate*' --exclude=plan \
      --exclude=.terragrunt-cache --exclude='*_override.tf.json' --exclude=crash.log synthesized "$fresh" |
      sed "s|$fresh|what the data say|"
    local same=${PIPESTATUS[0]}
    rm -rf "$fresh"
    [ "$same" = 0 ] && return
    echo 'synthesized/ is not what accounts/ say: run npm run synth, and commit what it changes.' >&2
  else
    rm -rf "$fresh"
  fi
  return 1
}

allowed() {
  local label
  label=$(node -e '
    const classes = ["destroys data", "interrupts calls", "moves calls", "drains bridges", "new calls only", "none"];
    const labels = JSON.parse(process.env.FLEET_LABELS || "[]").filter((label) => /^allow: /.test(label));
    // What is no class comes first: fleet review says so.
    const rank = (word) => classes.indexOf(word.toLowerCase().replaceAll("-", " "));
    const [highest = ""] = labels.map((label) => label.slice(7).trim()).sort((a, b) => rank(a) - rank(b));
    process.stdout.write(highest);') || return
  printf '%s' "${label:-${FLEET_ALLOW:-}}"
}

what_callers_notice() {
  local class code=1
  mkdir -p "$(dirname "$review")"
  : >"$review"
  if class=$(allowed); then
    npx fleet review --base "$base" ${class:+--allow "$class"} --markdown >"$review"
    code=$?
  fi
  # A comment that is there would go on to praise what was there before.
  [ -s "$review" ] || printf '%s\n' '<!-- fleet review -->' '## Fleet review: not possible' '' \
    'The run of the check says why, and so does npm run pull-request on a laptop.' >"$review"
  cat "$review"
  return "$code"
}

step 'check' npx fleet check
step 'synthesized/ is fresh' synth_is_fresh
step 'policies' npx fleet policy
step 'Checkov' npm run --silent checkov
step 'what callers notice' what_callers_notice

if [ "${#failed[@]}" -gt 0 ]; then
  printf '\nNot right: %s\n' "$(printf '%s, ' "${failed[@]}" | sed 's/, $//')" >&2
  exit 1
fi
printf '\nAll right.\n'
