#!/bin/sh
# cdktf runs this in the place of Terraform (TERRAFORM_BINARY_NAME). cdktf plans anew when it deploys; here it is given
# the plan that a person has seen. Terraform refuses that one when the state has moved since it was made.
#
#   FLEET_TERRAFORM  the real program
#   FLEET_PLANS      directory with <stack>.tfplan; the exit code is left beside it, in <stack>.ended
case "$1" in
  apply | destroy) ;;
  *) exec "$FLEET_TERRAFORM" "$@" ;;
esac
stack=$(basename "$PWD")
"$FLEET_TERRAFORM" apply -input=false "$FLEET_PLANS/$stack.tfplan"
code=$?
echo "$code" >"$FLEET_PLANS/$stack.ended"
exit "$code"
