#!/bin/sh
# reproducible.sh BINARY: builds the sources again in another folder, and fails where the result isn't the same as BINARY.
#
# Without what differs by design, as in what is released (strip.sh).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mkdir "$folder/elsewhere"
tar -c --exclude=./.build --exclude=./.git --exclude=./dist . | tar -x -C "$folder/elsewhere"
make -s -C "$folder/elsewhere" build >"$folder/log" 2>&1 || { tail -n 20 "$folder/log" >&2; exit 1; }
"$(dirname "$0")/strip.sh" "$1" "$folder/one"
"$(dirname "$0")/strip.sh" "$folder/elsewhere/.build/release/sms" "$folder/other"
cmp "$folder/one" "$folder/other"
echo "The same in another folder: $(sha256sum <"$folder/one" | cut -d ' ' -f 1)"
