#!/bin/sh
# check.sh VERSION MACHINE [SUITE...]: tries what is in dist in bare Debian systems (bullseye, bookworm, trixie).
#
# What isn't in the folder is left out. With DIST it is another folder. With PREVIOUS, a .deb of an earlier version, the
# upgrade starts from that; else from the same under a lower version. The .rpm is tried in Debian 12 with Debian's rpm.
set -eu
version=$1 machine=$2
shift 2
[ $# -gt 0 ] || set -- bullseye bookworm trixie
here=$(dirname "$0")
dist=${DIST:-dist}
portable="$dist/sms-$version-linux-$machine.tar.xz"
package=$(ls "$dist"/sms_"$version"_*.deb)
rpm="$dist/sms-$version-1.$machine.rpm"

# A copy of the bare system, to be spoiled, without /proc.
fresh() { # SUITE
  sh "$here/root.sh" "$1" ".build/dist/$1"
  rm -rf .build/dist/trial
  cp -a ".build/dist/$1" .build/dist/trial
  install -D -m 755 "$here/check-inside.sh" .build/dist/trial/check/check-inside.sh
  [ ! -e "$portable" ] || cp "$portable" .build/dist/trial/check/portable.tar.xz
  cp "$package" .build/dist/trial/check/sms.deb
  [ ! -e "$rpm" ] || cp "$rpm" .build/dist/trial/check/sms.rpm
  cp "${PREVIOUS:-.build/dist/previous.deb}" .build/dist/trial/check/previous.deb
}

inside() { chroot .build/dist/trial env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LC_ALL=C.UTF-8 sh "$@"; }

previous_version() { # the same package under a lower version
  work=$(mktemp -d)
  dpkg-deb -R "$package" "$work/tree"
  sed -i 's/^Version: .*/Version: 0.0.1/' "$work/tree/DEBIAN/control"
  dpkg-deb --root-owner-group -b "$work/tree" .build/dist/previous.deb >/dev/null
  rm -rf "$work"
}

[ -n "${PREVIOUS:-}" ] || previous_version
for suite in "$@"; do
  for form in portable package rpm; do
    # The C library of Debian 11 is too old for the package, as dpkg says.
    case $suite-$form in bullseye-package | bullseye-rpm | trixie-rpm) continue ;; esac
    case $form in
      portable) [ -e "$portable" ] || continue ;;
      rpm) [ -e "$rpm" ] || continue ;;
    esac
    echo "== $suite, $form"
    fresh "$suite"
    inside /check/check-inside.sh "$form" "$version"
  done
done
rm -rf .build/dist/trial
