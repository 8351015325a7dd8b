#!/bin/sh
# source-check.sh VERSION: builds the Debian source package with what Debian 13 has, its own Swift included.
set -eu
version=$1
here=$(dirname "$0")
root=.build/dist/builder

sh "$here/root.sh" trixie "$root" build-essential debhelper libcurl4-openssl-dev libsqlite3-dev lintian swiftlang
rm -rf "$root/build"
mkdir "$root/build"
sh "$here/deb.sh" "$version" "$root/build"

# Swift asks /proc where it is. The mount ends with its namespace.
unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root" \
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 sh -euc '
    cd /build
    dpkg-source -x sms_*.dsc source
    cd source
    dpkg-buildpackage -us -uc
    lintian --allow-root --tag-display-limit 0 --fail-on error ../*.changes
    apt-get install -y -qq --no-install-recommends ../sms_*.deb
    test "$(sms --version)" = "sms $1"' sh "$version" >"$root.build.log" 2>&1 ||
  { tail -n 40 "$root.build.log" >&2; exit 1; }
grep -E '^[EW]: ' "$root.build.log" || true
echo "Debian 13 builds sms_$version.dsc"
