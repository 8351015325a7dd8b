#!/bin/sh
# Sends list.csv through all five providers of a sandbox of its own and shows what was accepted.
# Usage: demo.sh [PATH OF sms]
set -eu

sms=${1:-sms}
examples=$(dirname "$0")
work=$(mktemp -d)
sandbox=
trap '[ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# Nothing of the user's own configuration or variables takes part.
for name in $(env | sed -n 's/^\(SMS_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$name"; done
export SMS_STATE_DIR="$work/state"

"$sms" sandbox --port 0 --write-config "$work/config.toml" >"$work/sandbox.out" &
sandbox=$!
while ! grep -q listening "$work/sandbox.out"; do
  kill -0 "$sandbox" || exit 1
  sleep 0.1
done
cat "$work/sandbox.out"

for provider in vpixelpro sendapp voipcomm voximplant smsit; do
  for format in table json; do
    echo
    echo "== $provider: sms bulk list.csv --output $format"
    "$sms" --config "$work/config.toml" --profile "$provider" bulk "$examples/list.csv" --output "$format"
  done
done
