#!/bin/sh
# Prints the time of one `sms send` and one `curl` over TLS with a round-trip time of 50 ms: medians, in seconds.
# Run by `run.sh` in the directory of its programs, in a separate network namespace.
#
# Usage: sh distance.sh BINARY

set -eu

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=bench \
  -addext subjectAltName=IP:10.9.0.2 -keyout far.key -out far.pem 2>openssl.log || { cat openssl.log >&2; exit 1; }

# Background processes end with this script.
mkfifo far
./distance 50 <far >is-up &
exec 9>far
wait_for() { while [ ! -s "$1" ]; do sleep 0.05; done; }
wait_for is-up
./server 0 <far >port-near 9>&- &
wait_for port-near
./tls 10.9.0.1 far.pem far.key "$(cat port-near)" <far >port-far 9>&- &
wait_for port-far
url=https://10.9.0.2:$(cat port-far)

printf '[profiles.bench]\nprovider = "vpixelpro"\nkey = "bench"\nbase_url = "%s"\nca_file = "%s/far.pem"\n' \
  "$url" "$PWD" >far.toml
./measure 41 "$1" -c far.toml send +15550100001 "Hello, your parcel arrives today." \
  -- curl -s --cacert far.pem -d key=bench -d "number=%2B15550100001&message=Hello%2C+your+parcel+arrives+today." \
  "$url/services/send.php" 9>&-
