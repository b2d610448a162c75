# Made of accounts/globex/pools/us-static.yaml by synth; edits are lost.
# For those who use Terragrunt: which stacks come before this one. State, providers and all else stand in cdk.tf.json.
# See docs/neighbours.md.

dependencies {
  paths = [
    "../account-globex",
    "../customer-xyz",
  ]
}

# What is destroyed stands in the data, so `run --all destroy` stops here.
prevent_destroy = true
