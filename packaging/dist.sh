#!/bin/sh
# dist.sh VERSION MACHINE BINARY PORTABLE LIBRARIES SWIFT: puts all that is released into the folder dist.
set -eu
version=$1 machine=$2 binary=$3 portable=$4 libraries=$5 swift=$6
here=$(dirname "$0")

rm -rf dist
mkdir dist
sh "$here/source.sh" "$version" dist
sh "$here/portable.sh" "$version" "$machine" dist "$portable" "$libraries"
sh "$here/deb.sh" "$version" dist "$binary"
mkdir dist/debian-source
sh "$here/deb.sh" "$version" dist/debian-source
sh "$here/rpm.sh" "$version" dist "$binary"
sh "$here/sbom.sh" "$version" "$swift" "$libraries" >"dist/sms-$version-linux-$machine.cdx.json"
sh "$here/sbom.sh" "$version" "$swift" >"dist/sms-$version-system-$machine.cdx.json"
source_sum=$(sha256sum "dist/sms-$version.tar.xz" | cut -d ' ' -f 1)
sed "s/@VERSION@/$version/; s/@SHA256@/$source_sum/" "$here/sms.rb" >dist/sms.rb
cp "$here/Dockerfile" dist/
(cd dist && find . -type f -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >../.build/SHA256SUMS && mv ../.build/SHA256SUMS .)
lintian --allow-root --tag-display-limit 0 --fail-on error dist/*.deb dist/debian-source/*.dsc
cat dist/SHA256SUMS
