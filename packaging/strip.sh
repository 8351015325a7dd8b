#!/bin/sh
# strip.sh FILE TO: what of a binary is released: no symbols, and nothing that differs from build to build.
set -eu
strip -s -R .swift_modhash -R .note.gnu.build-id -o "$2" "$1"
