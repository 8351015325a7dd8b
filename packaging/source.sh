#!/bin/sh
# source.sh VERSION FOLDER: makes the source tarball, of what git has in the work tree.
set -eu
version=$1 to=$2
name="sms-$version"
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then list='git ls-files -z'; else list='find . -type f -print0'; fi
$list | tar --null --files-from=- --transform="s|^\(\./\)\?|$name/|" --sort=name --mtime="@$SOURCE_DATE_EPOCH" \
  --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw -cJf "$to/$name.tar.xz"
