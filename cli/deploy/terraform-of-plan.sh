#!/bin/sh
# cdktf runs this in the place of Terraform (TERRAFORM_BINARY_NAME). cdktf plans anew when it deploys; here it is given
# the plan that a person has seen. Terraform refuses that one when the state has moved since it was made.
#
#   FLEET_TERRAFORM  the real program
#   FLEET_PLANS      directory with <stack>.tfplan; what was said against it and the exit code are left beside it, in
#                    <stack>.said and <stack>.ended: cdktf loses lines under load
#   FLEET_LOGS       directory for <stack>.log, with every line of the apply
case "$1" in
  apply | destroy) ;;
  *) exec "$FLEET_TERRAFORM" "$@" ;;
esac
stack="$(basename "$PWD")"
plan="$FLEET_PLANS/$stack"
log="$FLEET_LOGS/$stack.log"
{
  "$FLEET_TERRAFORM" apply -input=false -no-color "$plan.tfplan" 2>"$plan.said"
  echo "$?" >"$plan.code"
} | tee "$log"
tee -a "$log" <"$plan.said" >&2
# Last: whoever sees it finds the log complete.
mv "$plan.code" "$plan.ended"
exit "$(cat "$plan.ended")"
