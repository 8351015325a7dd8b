#!/bin/sh
# root.sh SUITE FOLDER [PACKAGE...]: a Debian system of that suite in a folder, with its security updates and packages.
#
# One that is there already is taken as it is, if the same packages were asked for. Needs root and debootstrap. Packages
# come from where this machine's apt gets its own.
set -eu
suite=$1 folder=$2
shift 2

done_mark="$folder/.packages"
[ "$(cat "$done_mark" 2>/dev/null)" != "$suite $*" ] || exit 0
rm -rf "$folder"
mkdir -p "$folder"

# apt's own lists say which mirror it uses, and a mirror of security updates lies beside it.
sites=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages')
mirror=$(echo "$sites" | awk '$2 !~ /-security$/ && $1 ~ /debian\/?$/ { print $1; exit }')
security=$(echo "$sites" | awk '$2 ~ /-security$/ { print $1; exit }')
[ -n "$mirror" ] || { echo "root.sh: apt has no Debian mirror to take $suite from" >&2; exit 1; }

debootstrap --variant=minbase "$suite" "$folder" "$mirror" >"$folder.log" 2>&1 ||
  { tail -n 5 "$folder.log" >&2; exit 1; }
printf 'deb [check-valid-until=no] %s %s main\n' "$mirror" "$suite" >"$folder/etc/apt/sources.list"
[ -z "$security" ] ||
  printf 'deb [check-valid-until=no] %s %s-security main\n' "$security" "$suite" >>"$folder/etc/apt/sources.list"
[ ! -e /etc/resolv.conf ] || cp /etc/resolv.conf "$folder/etc/resolv.conf"
for settings in /etc/apt/apt.conf.d/*proxy*; do
  [ ! -e "$settings" ] || cp "$settings" "$folder/etc/apt/apt.conf.d/"
done
# The folder that this machine has for temporary files isn't there inside.
unset TMPDIR
install_all='apt-get update -qq && apt-get upgrade -y -qq && { [ $# -eq 0 ] || apt-get install -y -qq --no-install-recommends "$@"; }'
chroot "$folder" env DEBIAN_FRONTEND=noninteractive sh -c "$install_all" sh "$@" >>"$folder.log" 2>&1 ||
  { tail -n 5 "$folder.log" >&2; exit 1; }
echo "$suite $*" >"$done_mark"
