#!/bin/sh
# strip.sh FILE TO: what of a binary is released: no symbols, and nothing that differs from build to build.
#
# Two sections differ by design: a number that the linker makes of everything, and a hash of each module that Swift's
# debugger compares. They become zeros: where they are taken out, 'strip' drops the protection of relocated data.
set -eu
zeros=$(mktemp -d)
trap 'rm -rf "$zeros"' EXIT

file=$1 to=$2
set --
for section in .swift_modhash .note.gnu.build-id; do
  size=$(objdump -h "$file" | awk -v name="$section" '$2 == name { print $3 }')
  [ -n "$size" ] || continue
  head -c "$((0x$size))" /dev/zero >"$zeros/$section"
  set -- "$@" --update-section "$section=$zeros/$section"
done
objcopy --strip-all "$@" "$file" "$to"
