#!/bin/sh
# Compares `sms` to curl, xargs and wrk on loopback, and prints a table of ratios. Run by `make bench`.
#
# Usage: sh Tests/Benchmarks/run.sh BINARY

set -eu

here=$(cd "$(dirname "$0")" && pwd)
sms=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")

# Not in /tmp, which is in memory on many machines: what `sms` writes to disk must go to a disk.
work=$(mktemp -d "$here/../../.build/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
cd "$work"

# No settings of the user.
for variable in $(env | sed -n 's/^\(SMS_[A-Z0-9_]*\)=.*/\1/p'); do unset "$variable"; done
unset http_proxy HTTP_PROXY https_proxy all_proxy ALL_PROXY
export HOME="$work" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state"

for program in server measure; do cc -O2 -o $program "$here/$program.c"; done

# --- Servers, lists and settings ---

# Starts a server that answers after this many milliseconds. It ends whenever this script does: its standard input is
# a pipe that no other process keeps open for writing.
start_server() {
  ./server "$1" <lifeline >"port-$1" &
}

address_of_server() {
  while [ ! -s "port-$1" ]; do sleep 0.05; done
  echo "http://127.0.0.1:$(cat "port-$1")"
}

mkfifo lifeline
start_server 0
start_server 100
exec 9>lifeline
url=$(address_of_server 0)
slow_url=$(address_of_server 100)

# Writes a list with this many rows, each with its own number and text.
list() {
  awk -v rows="$1" 'BEGIN {
    print "to,name,message"
    for (row = 1; row <= rows; row++)
      printf "+1555%07d,Name %d,\"Hello %d, your parcel arrives today.\"\n", 100000 + row, row, row
  }' >"$1.csv"
}

for rows in 4096 20000 100000 400000 1000000; do list $rows; done
tail -n +2 20000.csv | head -n 2000 | cut -d , -f 1 >numbers.txt

settings() {
  printf '[profiles.bench]\nprovider = "vpixelpro"\nkey = "bench"\nbase_url = "%s"\n' "$1"
}

umask 077
settings "$url" >fast.toml
settings "$slow_url" >slow.toml

# --- Measuring ---

# The lines of `measure`, joined. Prints the commands' standard error if one fails.
measured() {
  ./measure "$@" 2>errors | tr '\n' ' ' >times || true
  [ -s times ] || { cat errors >&2; exit 1; }
  cat times
}

# Runs `sms bulk` on the list with this many rows and these options; prints seconds and kilobytes. Fails unless the
# server received all messages.
bulk() {
  before=$(curl -s "$2/count")
  result=$(measured 1 "$sms" -c "$1" -o jsonl bulk "$3.csv" $4)
  taken=$(($(curl -s "$2/count") - before))
  [ "$taken" -eq "$3" ] || { echo "bench: the server got $taken messages of $3" >&2; exit 1; }
  echo "$result"
}

# POSTs per second.
wrk_rate() {
  wrk -t 1 -c 64 -d 3 -s "$here/post.lua" "$url/services/send.php" | awk '/^Requests\/sec:/ { print $2 }'
}

dry_run() {
  measured 1 "$sms" -c fast.toml -o "$2" bulk --dry-run "$1.csv"
}

calculated() {
  awk "BEGIN { print $1 }"
}

# The median of its input lines.
median() {
  sort -n | awk '{ line[NR] = $1 } END { print NR % 2 ? line[(NR + 1) / 2] : (line[NR / 2] + line[NR / 2 + 1]) / 2 }'
}

# --- The table ---

# row WHAT VALUE FORMAT RELATION PROMISE: prints a row of the table; RELATION is `<=` or `>=`.
row() {
  awk -v what="$1" -v value="$2" -v format="$3" -v relation="$4" -v promise="$5" 'BEGIN {
    kept = relation == "<=" ? value <= promise + 0 : value >= promise + 0
    printf "%-58s %12s  %-14s %s\n", what, sprintf(format, value), relation " " sprintf(format, promise), kept ? "ok" : "short"
  }'
}

printf '%-58s %12s  %-14s\n' WHAT MEASURED PROMISE

set -- $(measured 101 "$sms" --version -- curl --version)
row "sms --version / curl --version, time" "$(calculated "$1 / $3")" %.2f "<=" 1

body="number=%2B15550100001&message=Hello%2C+your+parcel+arrives+today."
set -- $(measured 101 "$sms" -c fast.toml send +15550100001 "Hello, your parcel arrives today." \
  -- curl -s -d key=bench -d "$body" "$url/services/send.php")
row "sms send / curl -d, one message, time" "$(calculated "$1 / $3")" %.2f "<=" 1.25

# Simulating a round-trip time requires a network namespace and the OpenSSL headers.
compile_distance() {
  cc -O2 -o distance "$here/distance.c" && cc -O2 -o tls "$here/tls.c" -lssl -lcrypto
}
if compile_distance 2>errors && unshare -n ./distance 50 </dev/null >is-possible 2>>errors; then
  set -- $(unshare -n sh "$here/distance.sh" "$sms")
  row "sms send / curl -d over TLS, 50 ms round trip, time" "$(calculated "$1 / $3")" %.3f "<=" 1.01
else
  echo "sms send / curl -d over TLS, 50 ms round trip: skipped, $(tail -n 1 errors)"
fi

# Alternating, as the speed of a machine varies over time.
for turn in 1 2 3; do
  wrk_rate >>wrk.txt
  set -- $(bulk fast.toml "$url" 20000 "--batch 1 --concurrency 64")
  calculated "20000 / $1" >>single.txt
  set -- $(bulk fast.toml "$url" 100000 "--batch 100 --concurrency 64")
  calculated "100000 / $1" >>batch.txt
  echo "$2" >>batch-memory.txt
done
single=$(median <single.txt)
row "20,000 requests, 64 connections / wrk's POSTs, rate" "$(calculated "$single / $(median <wrk.txt)")" %.2f ">=" 0.15

set -- $(measured 1 sh -c 'xargs -P 16 -I {} curl -s -o /dev/null -d key=bench --data-urlencode number={} \
  -d "message=Hello%2C+your+parcel+arrives+today." "$0" <numbers.txt' "$url/services/send.php")
row "20,000 requests, 64 connections / xargs -P16 curl, rate" "$(calculated "$single / (2000 / $1)")" %.0f ">=" 60

row "batches of 100 / one message a request, rate" "$(calculated "$(median <batch.txt) / $single")" %.1f ">=" 4

# Memory is at its maximum with 100,000 rows: caches are full, and as many rows as allowed are in flight.
set -- $(bulk fast.toml "$url" 400000 "--batch 100 --concurrency 64")
row "sending 400,000 rows in batches of 100, MB of memory" "$(calculated "$2 / 1024")" %.0f "<=" 64
row "sending 400,000 / 100,000 rows, memory" "$(calculated "$2 / $(median <batch-memory.txt)")" %.2f "<=" 1.1

set -- $(bulk slow.toml "$slow_url" 4096 "--batch 1 --concurrency 64")
row "64 connections, 100 ms latency / 640 a second, rate" "$(calculated "4096 / $1 / 640")" %.2f ">=" 0.9

# Compared to a list long enough to fill SQLite's cache of 8 MB.
for format in json jsonl csv table; do
  set -- $(dry_run 100000 $format) $(dry_run 1000000 $format)
  row "dry run of 1,000,000 rows as $format, rows a second" "$(calculated "1000000 / $3")" %d ">=" 200000
  echo "$2 $4" >>memory.txt
done
most=$(awk '$2 > most { most = $2 } END { print most / 1024 }' memory.txt)
growth=$(awk '$2 / $1 > most { most = $2 / $1 } END { print most }' memory.txt)
row "dry run of 1,000,000 rows in any of them, MB of memory" "$most" %.0f "<=" 64
row "dry run of 1,000,000 / of 100,000 rows, memory" "$growth" %.2f "<=" 1.1

printf '\nOne message a request: %.0f messages a second; batches of 100: %.0f; wrk: %.0f POSTs a second.\n' \
  "$single" "$(median <batch.txt)" "$(median <wrk.txt)"
