#!/bin/sh
# package-check.sh VERSION BINARY: makes the .deb of a binary, and tries it in a bare Debian 12.
set -eu
version=$1 binary=$2
here=$(dirname "$0")
mkdir -p .build/dist/package
rm -f .build/dist/package/*
sh "$here/deb.sh" "$version" .build/dist/package "$binary"
lintian --allow-root --tag-display-limit 0 --fail-on error .build/dist/package/*.deb
DIST=.build/dist/package sh "$here/check.sh" "$version" "$(uname -m)" bookworm
