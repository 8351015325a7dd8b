#!/bin/sh
# sbom.sh VERSION SWIFT [LIBRARIES]: prints what is linked into a binary, as CycloneDX: the runtime, and the libraries of
# the portable build.
set -eu
version=$1 swift=$2 libraries=${3:-}

component() { # NAME VERSION LICENSE (an SPDX expression)
  printf ',\n    {"type": "library", "name": "%s", "version": "%s", "licenses": [{"expression": "%s"}]}' "$1" "$2" "$3"
}

cat <<END
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {
    "timestamp": "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)",
    "component": {"type": "application", "name": "sms", "version": "$version", "licenses": [{"expression": "MIT"}]}
  },
  "components": [
END
printf '    {"type": "library", "name": "swift-runtime", "version": "%s", "licenses": [{"expression": "%s"}]}' \
  "$("$swift" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)" \
  'Apache-2.0 WITH Swift-exception'
if [ -n "$libraries" ]; then
  for folder in "$libraries"/share/*; do
    case ${folder##*/} in
      curl) license=curl ;;
      openssl) license=Apache-2.0 ;;
      sqlite3) license=blessing ;;
      libstdc++) license='GPL-3.0-or-later WITH GCC-exception-3.1' ;;
      *) echo "sbom.sh: what is the license of ${folder##*/}?" >&2; exit 1 ;;
    esac
    component "${folder##*/}" "$(cat "$folder/VERSION")" "$license"
  done
else
  component libstdc++ "$(gcc -dumpfullversion 2>/dev/null || echo unknown)" 'GPL-3.0-or-later WITH GCC-exception-3.1'
fi
printf '\n  ]\n}\n'
