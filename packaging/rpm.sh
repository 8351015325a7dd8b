#!/bin/sh
# rpm.sh VERSION FOLDER BINARY: makes the .rpm of a binary in a folder.
set -eu
version=$1 to=$(cd "$2" && pwd) binary=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

make -s install DESTDIR="$work/tree" PREFIX=/usr ZSHDIR=share/zsh/site-functions BINARY="$binary" >/dev/null
"$here/strip.sh" "$binary" "$work/tree/usr/bin/sms"
gzip -9n "$work"/tree/usr/share/man/man1/*.1
find "$work/tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
rpmbuild -bb --quiet --define "_topdir $work/rpm" --define "sms_version $version" --define "sms_tree $work/tree" \
  --define 'use_source_date_epoch_as_buildtime 1' --define '_buildhost localhost' \
  "$here/rpm/sms.spec" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
cp "$work"/rpm/RPMS/*/sms-"$version"-1.*.rpm "$to/"
