#!/bin/sh
# Fuzzes each reader of what comes from outside for some seconds: run.sh [SECONDS] [TARGET]...
#
# All modules are built with libFuzzer's coverage into a folder of their own. What is found is written to it, and can be
# fed to the same program again.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-20}
[ $# -eq 0 ] || shift
folder=$PWD/.build/fuzz
sanitize='-sanitize=fuzzer,address'

swift build --scratch-path "$folder" --target Application -Xswiftc -sanitize=fuzzer -Xswiftc -sanitize=address
modules=$(find "$folder/debug/" -name '*.build' -maxdepth 1 | sed 's/$/\/*.o/')
# shellcheck disable=SC2086
swiftc $sanitize -parse-as-library -package-name "$(basename "$PWD" | tr '[:upper:]' '[:lower:]')" \
  -I "$folder/debug/Modules" -I Sources/CCurl/include -I Sources/CSQLite \
  Tests/Fuzz/Fuzz.swift $(for pattern in $modules; do ls $pattern 2>/dev/null; done) -lsqlite3 -ldl -o "$folder/fuzz"

for target in ${@:-csv json jsonl vcard list xlsx numbers times}; do
  mkdir -p "$folder/$target"
  echo "fuzzing $target for $seconds s"
  SMS_FUZZ_TARGET=$target "$folder/fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=10 -verbosity=0 \
    -artifact_prefix="$folder/$target-" "$folder/$target" "Tests/Fuzz/Seeds"
done
