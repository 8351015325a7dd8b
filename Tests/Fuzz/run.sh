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
# shellcheck disable=SC2046
swiftc $sanitize -parse-as-library -package-name "$(basename "$PWD" | tr '[:upper:]' '[:lower:]')" \
  -I "$folder/debug/Modules" -I Sources/CSQLite -Xcc -fmodule-map-file="$folder/debug/CCurl.build/module.modulemap" \
  Tests/Fuzz/Fuzz.swift $(find "$folder/debug/" -path '*.build/*' -name '*.o') -lsqlite3 -ldl -o "$folder/fuzz" \
  2>"$folder/link.log" || { cat "$folder/link.log" >&2; exit 1; }

for target in ${@:-csv json jsonl vcard list xlsx numbers times}; do
  mkdir -p "$folder/$target"
  echo "fuzzing $target for $seconds s"
  SWIFT_BACKTRACE=enable=no SMS_FUZZ_TARGET=$target "$folder/fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=10 -verbosity=0 \
    -artifact_prefix="$folder/$target-" "$folder/$target" "Tests/Fuzz/Seeds"
done
