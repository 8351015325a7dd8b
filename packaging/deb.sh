#!/bin/sh
# deb.sh VERSION FOLDER [BINARY]: makes the .deb of a binary in a folder; without one, the Debian source package.
set -eu
version=$1 to=$(cd "$2" && pwd) binary=${3:+$(realpath "$3")}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sh "$here/source.sh" "$version" "$work"
tar -C "$work" -xf "$work/sms-$version.tar.xz"
cd "$work/sms-$version"
cp -R packaging/debian debian
packaged=$(dpkg-parsechangelog -S Version)
[ "$packaged" = "$version" ] || { echo "deb.sh: packaging/debian/changelog is about $packaged" >&2; exit 1; }
if [ -n "$binary" ]; then
  SMS_BINARY=$binary DEB_BUILD_PROFILES=pkg.sms.prebuilt dpkg-buildpackage -b -us -uc -d >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; exit 1; }
  cp "$work"/sms_"$version"_*.deb "$to/"
else
  dpkg-buildpackage -S -us -uc -d >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
  cp "$work"/sms_"$version".dsc "$work"/sms_"$version".tar.* "$to/"
fi
