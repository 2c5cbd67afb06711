#!/usr/bin/env bash
# Builds everything and runs every test. Installs what the tests need: npm packages and, as root, Debian packages.
# Arguments go to `dotnet test`, for instance: ./test.sh --filter Reports
set -euo pipefail
cd "$(dirname "$0")"

# A browser for the page, Composer for the installs, and a proxy: without them their tests are skipped, and fail in CI.
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v composer >/dev/null || missing+=(composer php-cli)
[ -x /usr/sbin/nginx ] || missing+=(nginx-light)
[ -n "$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null)" ] || missing+=(faketime)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
fi

# Azurite.
if [ -f TelemetryFunctions.Tests/package.json ]; then
  (cd TelemetryFunctions.Tests && npm ci --silent --no-audit --no-fund)
fi

# Code of tests mostly runs a few times, and is not worth to be watched for what to compile it for.
export DOTNET_TieredPGO=0

dotnet build TelemetryFunctions.sln --nologo -v quiet

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
dotnet test TelemetryFunctions.Tests --no-build --nologo --logger "trx;LogFileName=tests.trx" --results-directory "$results" "$@" || status=$?

# The numbers of the run, as one line.
[ -f "$results/tests.trx" ] || { echo "the test run broke off"; exit 1; }
counters=$(grep -o '<Counters [^>]*>' "$results/tests.trx" | tail -n 1)
count() { grep -o " $1=\"[0-9]*\"" <<<"$counters" | grep -o '[0-9]*'; }
total=$(count total) executed=$(count executed) passed=$(count passed)
failed=$((executed - passed))
[ "$passed" -gt 0 ] || { echo "no test was run"; exit 1; }
[ "$failed" = 0 ] || status=1
echo "$passed passed, $failed failed, $((total - executed)) skipped"
exit "$status"
