#!/usr/bin/env bash
# Builds InfluxDB 2.7.12 and the `influx` command from their sources into a directory, for build-influxdb.ts: no package
# registry has them. Takes some minutes and 3 GB. Needs Go, Rust (cargo), a C compiler and clang.
set -euo pipefail

INFLUXDB=github.com/influxdata/influxdb/v2@v2.7.12
CLI=github.com/influxdata/influx-cli/v2@v2.2.1-0.20221028161653-3285a03e9e28
target=${1:?absolute path of the directory to build into}

work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
export GOFLAGS=-buildvcs=false

# sources <module@version> <directory>: a copy, because Go's own is read-only and the build writes beside it.
sources() {
  local from
  from=$(cd "$work" && go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  cp -r "$from" "$work/$2"
  chmod -R u+w "$work/$2"
}

sources "$CLI" influx-cli
(cd "$work/influx-cli" && GOFLAGS="$GOFLAGS -mod=mod" go build -o "$target/influx" ./cmd/influx)

sources "$INFLUXDB" influxdb
cd "$work/influxdb"
# Flux is a Rust library, which this wrapper builds when Go asks for it. It names a toolchain of its own, and newer ones
# have more to say about its sources; the installed one does.
GOBIN=$work/bin go install github.com/influxdata/pkg-config@v0.2.14
if command -v rustup >/dev/null; then RUSTUP_TOOLCHAIN=$(rustup toolchain list | awk '{ print $1; exit }'); fi
export RUSTUP_TOOLCHAIN=${RUSTUP_TOOLCHAIN:-stable} RUSTFLAGS=--cap-lints=allow
PATH="$work/bin:$PATH" PKG_CONFIG="$work/bin/pkg-config" go build -o "$target/influxd" ./cmd/influxd
