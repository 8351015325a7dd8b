#!/bin/sh
# libraries.sh ROOT: builds OpenSSL, SQLite and libcurl as static libraries in a Debian root, below ROOT/opt/sms.
#
# They are built against the C library of the root, from the sources of a Debian release that gets security updates.
# ROOT/opt/sms/share/NAME has the LICENSE of each and VERSION, that of Debian's source package.
set -eu
root=$1
# Whose sources: the newest ones that curl of the same release is known to build with.
suite=bookworm
prefix=/opt/sms

[ ! -e "$root$prefix/complete" ] || exit 0
sed -n 's/^deb \(.*\) bullseye\(-security\)\{0,1\} main$/deb-src \1 '"$suite"'\2 main/p' "$root/etc/apt/sources.list" \
  >"$root/etc/apt/sources.list.d/sources.list"
mkdir -p "$root/build"
cp "$(dirname "$0")/compat.c" "$root/build/"

cat >"$root/build/build.sh" <<'INSIDE'
set -eu
prefix=$1
cd /build
export SOURCE_DATE_EPOCH=0 CFLAGS='-O2 -fPIC -ffunction-sections -fdata-sections'
jobs=$(nproc)

fetch() { # enters the folder of a source package, with Debian's patches; of upstream's release where those can't be had
  rm -rf "$1"-*/
  version=$(apt-cache showsrc "$1" | sed -n 's/^Version: //p' | sort -V | tail -n 1)
  if ! apt-get source -qq "$1=$version"; then
    version=${version%-*}
    apt-get source -qq --download-only --tar-only "$1"
    tar -xf "$1_$version".orig.tar.*z
  fi
  cd "$1"-*/
  mkdir -p "$prefix/share/$1"
  echo "$version" >"$prefix/share/$1/VERSION"
}

license() { # NAME FILE: with the library, in the words of its authors
  cp "$2" "$prefix/share/$1/LICENSE"
}

apt-get update -qq

# The folder is where Debian, Ubuntu and Alpine keep certificates; elsewhere sms says where they are.
(fetch openssl
 license openssl LICENSE.txt
 ./Configure linux-$(uname -m) $CFLAGS --prefix="$prefix" --libdir=lib --openssldir=/etc/ssl \
   no-shared no-module no-dso no-engine no-tests no-legacy no-comp no-srp no-psk no-ssl3 no-dtls no-ts no-cms no-ct \
   no-ocsp no-idea no-seed no-camellia no-aria no-bf no-cast no-rc2 no-rc4 no-md4 no-mdc2 no-rmd160 no-whirlpool \
   no-sm2 no-sm3 no-sm4 no-gost no-siphash no-ui-console no-autoload-config
 make -s -j"$jobs" build_sw && make -s install_dev)

(fetch sqlite3
 license sqlite3 LICENSE.md
 # The makefile of the sources puts all of them into one file.
 ./configure --disable-tcl --disable-readline --disable-shared >/dev/null
 make -s sqlite3.c sqlite3.h
 gcc $CFLAGS -DSQLITE_THREADSAFE=1 -DSQLITE_DQS=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_DEFAULT_MEMSTATUS=0 -DHAVE_FDATASYNC=1 \
   -DHAVE_USLEEP=1 -DHAVE_GMTIME_R=1 -c sqlite3.c
 ar rcsD libsqlite3.a sqlite3.o
 install -D -m 644 -t "$prefix/lib" libsqlite3.a
 install -D -m 644 -t "$prefix/include" sqlite3.h
 # Swift would look below the system's /usr/lib for the library of the system's own file.
 mkdir -p "$prefix/lib/pkgconfig"
 printf 'Name: sqlite3\nDescription: SQLite\nVersion: %s\nLibs: -lsqlite3\nCflags:\n' "${version%%-*}" \
   >"$prefix/lib/pkgconfig/sqlite3.pc")

(fetch curl
 license curl COPYING
 CPPFLAGS="-I$prefix/include" LDFLAGS="-L$prefix/lib" LIBS="-ldl -lpthread" \
 ./configure --prefix="$prefix" --disable-shared --enable-static --with-openssl="$prefix" \
   --without-ca-bundle --without-ca-path --without-zlib --without-brotli --without-zstd --without-libpsl \
   --without-libidn2 --without-nghttp2 --without-librtmp --without-libssh2 --without-libgsasl --enable-threaded-resolver \
   --disable-ares --disable-dict --disable-file --disable-ftp --disable-gopher --disable-imap --disable-ldap \
   --disable-ldaps --disable-mqtt --disable-pop3 --disable-rtsp --disable-smb --disable-smtp --disable-telnet \
   --disable-tftp --disable-manual --disable-unix-sockets --disable-ntlm --disable-ntlm-wb --disable-tls-srp \
   --disable-alt-svc --disable-hsts --disable-cookies --disable-netrc --disable-websockets --disable-mime \
   --disable-doh --disable-kerberos-auth --disable-negotiate-auth --disable-aws --disable-libcurl-option \
   --disable-dependency-tracking >/dev/null 2>&1 || { tail -n 20 config.log; exit 1; }
 make -s -j"$jobs" -C lib && make -s -C lib install && make -s -C include install)
INSIDE

# Links of the system are followed from outside of it as well.
find "$root"/usr/lib/*-linux-gnu "$root"/usr/lib64 -lname '/*' 2>/dev/null | while read -r link; do
  ln -sfnr "$root$(readlink "$link")" "$link"
done

# The folder that this machine has for temporary files isn't there inside.
unset TMPDIR
chroot "$root" sh /build/build.sh "$prefix" >"$root.libraries.log" 2>&1 || { tail -n 20 "$root.libraries.log" >&2; exit 1; }
# The C++ library alone, so that the linker finds no shared one beside it.
chroot "$root" sh -c 'gcc -O2 -c /build/compat.c -o "$1/lib/compat.o" && cp "$(gcc -print-file-name=libstdc++.a)" "$1/lib/"' \
  sh "$prefix"
mkdir -p "$root$prefix/share/libstdc++"
cp "$root/usr/share/doc/libstdc++6/copyright" "$root$prefix/share/libstdc++/LICENSE"
chroot "$root" dpkg-query -W -f '${Version}\n' libstdc++6 >"$root$prefix/share/libstdc++/VERSION"
: >"$root$prefix/complete"
