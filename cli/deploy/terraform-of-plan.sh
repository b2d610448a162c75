#!/bin/sh
# cdktf runs this in the place of Terraform (TERRAFORM_BINARY_NAME). cdktf plans anew when it deploys; here it is given
# the plan that a person has seen. Terraform refuses that one when the state has moved since it was made.
#
#   FLEET_TERRAFORM  the real program
#   FLEET_PLANS      directory with <stack>.tfplan; what was said against it and the exit code are left beside it, in
#                    <stack>.said and <stack>.ended: cdktf loses lines under load. With a file `stop` in it, nothing
#                    is applied any more: somebody pressed Ctrl-C while cdktf was still on its way here
#   FLEET_LOGS       directory for <stack>.log, with every line of the apply
case "$1" in
  apply | destroy) ;;
  *) exec "$FLEET_TERRAFORM" "$@" ;;
esac
if [ -e "$FLEET_PLANS/stop" ]; then
  echo "Interrupted before it began." >&2
  exit 130
fi
# When cdktf or fleet is killed (kill -9, a lost connection), Terraform would go with them in the middle of its work: by the
# hangup of the terminal that cdktf makes for it, or at the next line that nobody reads. Objects would be left that no state
# has, and a lock that nobody takes away. So hangups are ignored, and its output is read to the end.
trap '' HUP PIPE
# What is left here has secrets in it: for its owner alone. What Terraform itself writes keeps the mask of the person.
mask="$(umask)"
umask 077
stack="$(basename "$PWD")"
plan="$FLEET_PLANS/$stack"
log="$FLEET_LOGS/$stack.log"
{
  (umask "$mask" && exec "$FLEET_TERRAFORM" apply -input=false -no-color "$plan.tfplan") 2>"$plan.said"
  echo "$?" >"$plan.code"
} | {
  tee "$log" 2>/dev/null
  cat >/dev/null
}
tee -a "$log" <"$plan.said" >&2
# Last: whoever sees it finds the log complete.
mv "$plan.code" "$plan.ended"
exit "$(cat "$plan.ended")"
