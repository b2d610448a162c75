#!/bin/sh
# Sets a new database up, and makes any what the files beside this one say, whatever it is now: buckets, accounts, the hourly
# task. Ends with 0 when it is; Docker starts it again when not. It may be cut off anywhere, and what is right already stays.
#
# The command takes its address, organisation and token from INFLUX_HOST, INFLUX_ORG and INFLUX_TOKEN. Passwords reach it
# and curl through their input: whatever is in a command line, others on the machine can read.
set -eu

here=$(dirname "$0")
tab=$(printf '\t')

say() {
  echo "influxdb-setup: $*"
}

give_up() {
  say "$*" >&2
  exit 1
}

# wait_for_database SECONDS
wait_for_database() {
  seconds=0
  until influx ping >/dev/null 2>&1; do
    [ "$seconds" -lt "$1" ] || give_up "no answer from $INFLUX_HOST for $1 seconds"
    seconds=$((seconds + 1))
    sleep 1
  done
}

# quoted TEXT: as JSON has it.
quoted() {
  printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"
}

# What a database takes once: organisation, operator, raw bucket, and the text of the operator's token. Without the token
# or the password it stays new: with an invented token nobody would ever get in again.
set_up() {
  answer=$(curl --silent --show-error --fail --max-time 60 "$INFLUX_HOST/api/v2/setup")
  case $(printf %s "$answer" | tr -d '[:space:]') in
  '{"allowed":false}') return ;;
  '{"allowed":true}') ;;
  *) give_up "$INFLUX_HOST/api/v2/setup does not say whether the database is set up" ;;
  esac
  [ -n "$(printenv OPERATOR_PASSWORD)" ] || give_up "OPERATOR_PASSWORD is not in the environment; the database stays new"
  # The answer has the token: no more of it is shown than a message.
  answer=$(
    {
      printf '{"username":%s,"password":%s,' "$(quoted "$OPERATOR")" "$(quoted "$OPERATOR_PASSWORD")"
      printf '"org":%s,"bucket":%s,' "$(quoted "$INFLUX_ORG")" "$(quoted "$RAW_BUCKET")"
      printf '"retentionPeriodSeconds":%d,' "$(($(echo "$RAW_RETENTION" | cut -d h -f 1) * 3600))"
      printf '"token":%s}' "$(quoted "$INFLUX_TOKEN")"
    } | curl --silent --show-error --fail-with-body --max-time 60 --header 'Content-Type: application/json' \
      --data-binary @- "$INFLUX_HOST/api/v2/setup"
  ) || give_up "not set up: $(printf %s "$answer" | sed -n 's/.*"message": "\(.*\)".*/\1/p')"
  say "database set up"
}

# bucket NAME RETENTION: sees to it, and sets bucket_id.
bucket() {
  bucket_id=
  # Columns are apart by one tab or more.
  while IFS=$tab read -r id name retention _; do
    [ "$name" = "$1" ] || continue
    bucket_id=$id
    [ "$retention" != "$2" ] || break
    influx bucket update --id "$id" --retention "$2" >/dev/null
    say "bucket $1 keeps $2 now, not $retention"
  done <<END
$buckets
END
  if [ -z "$bucket_id" ]; then
    made=$(influx bucket create --name "$1" --retention "$2" --hide-headers)
    bucket_id=$(echo "$made" | cut -f 1)
    say "bucket $1 made"
  fi
}

# The accounts that there are, one line of JSON for each.
list_accounts() {
  accounts=$(influx v1 auth list --json)
  accounts=$(echo "$accounts" | tr -d '\n\t' | sed 's/},{/}\
{/g')
}

# account NAME read|write VARIABLE
account() {
  name=$1
  words=$(printenv "$3") || give_up "$3, the password of account $name, is not in the environment"
  if [ "$2" = read ]; then
    rights='["read:buckets/'$raw'","read:buckets/'$hourly'"]'
    set -- --read-bucket "$raw" --read-bucket "$hourly"
  else
    rights='["write:buckets/'$raw'"]'
    set -- --write-bucket "$raw"
  fi
  known=$(echo "$accounts" | grep -F "\"token\": \"$name\"," | sed 's/orgs\/[0-9a-f]*\///g')
  case $known in
  '') ;;
  *'"status": "active"'*'"permissions": '"$rights"*)
    printf '%s\n' "$words" | influx v1 auth set-password --username "$name"
    return
    ;;
  *)
    influx v1 auth delete --username "$name" >/dev/null
    say "account $name had other rights"
    ;;
  esac
  printf '%s\n' "$words" | influx v1 auth create --username "$name" "$@" >/dev/null
  say "account $name made"
}

# Whoever is not in the file: pools that are gone.
remove_others() {
  for name in $(echo "$accounts" | sed -n 's/.*"token": "\([^"]*\)".*/\1/p'); do
    ! cut -d ' ' -f 1 "$here/accounts" | grep -q -x -F "$name" || continue
    influx v1 auth delete --username "$name" >/dev/null
    say "account $name removed"
  done
}

# The new revision comes before the old ones go: both would write the same points.
task() {
  tasks=$(influx task list --hide-headers)
  current=
  while IFS=$tab read -r id name _ _ status _; do
    [ "$name $status" != "$HOURLY_TASK active" ] || current=$id
  done <<END
$tasks
END
  if [ -z "$current" ]; then
    influx task create --file "$here/hourly.flux" >/dev/null
    say "task $HOURLY_TASK made"
  fi
  while IFS=$tab read -r id name _; do
    case $name in
    "$HOURLY_TASK_PREFIX"*)
      [ "$id" != "$current" ] || continue
      influx task delete --id "$id" >/dev/null
      say "task $name removed"
      ;;
    esac
  done <<END
$tasks
END
}

[ -n "$(printenv INFLUX_TOKEN)" ] || give_up "INFLUX_TOKEN is not in the environment; nothing is done without it"
wait_for_database 120
set_up
buckets=$(influx bucket list --hide-headers) ||
  give_up "if it was a 401: the database has another token; see docs/measurements.md, Store"
bucket "$RAW_BUCKET" "$RAW_RETENTION"
raw=$bucket_id
bucket "$HOURLY_BUCKET" "$HOURLY_RETENTION"
hourly=$bucket_id

list_accounts
while read -r name may variable <&3; do
  [ "$name" = '#' ] || account "$name" "$may" "$variable"
done 3<"$here/accounts"
remove_others
task
say "done: $(grep -c -v '^#' "$here/accounts") accounts"
