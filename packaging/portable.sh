#!/bin/sh
# portable.sh VERSION MACHINE FOLDER BINARY LIBRARIES: packs the portable build, to be unpacked below any prefix.
set -eu
version=$1 machine=$2 to=$3 binary=$4 libraries=$5
name="sms-$version-linux-$machine"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The binary must need no library but those of glibc, and no glibc newer than Debian 11's.
needed=$(objdump -p "$binary" | awk '$1 == "NEEDED" { print $2 }' |
  grep -Ev '^(libc|libm|libdl|libpthread|librt|libutil|libresolv)\.so\.[0-9]$|^ld-linux' || true)
[ -z "$needed" ] || { echo "portable.sh: the binary needs $needed" >&2; exit 1; }
newest=$(objdump -T "$binary" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -n 1)
printf '%s\n' "$newest" GLIBC_2.31 | sort -VC || { echo "portable.sh: the binary needs $newest" >&2; exit 1; }

make -s install DESTDIR="$work" PREFIX="/$name" ZSHDIR=share/zsh/site-functions \
  FISHDIR=share/fish/vendor_completions.d BINARY="$binary" >/dev/null
"$(dirname "$0")/strip.sh" "$binary" "$work/$name/bin/sms"
licenses="$work/$name/share/doc/sms/licenses"
mkdir -p "$licenses"
for library in "$libraries"/share/*; do cp "$library/LICENSE" "$licenses/$(basename "$library")"; done
swift=$(readlink -f "$libraries/../../usr/lib/swift")
cp "${swift%/lib/swift}/share/swift/LICENSE.txt" "$licenses/swift"
chmod 644 "$licenses"/*
tar -C "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -cJf \
  "$to/$name.tar.xz" "$name"
