#!/bin/sh
# Counts the instructions that `sms` executes, and compares them with the numbers in instructions.txt. Unlike seconds,
# they are nearly the same on every machine and under any load. Fails if one has grown by more than 3 %.
#
# Usage: sh Tests/Benchmarks/instructions.sh BINARY [RECORD]
#
# With a second argument that isn't empty, writes instructions.txt instead.
#
# The count per row of a list is marginal: the difference between a list of 4,000 rows and one of 2,000. Startup,
# loading libcurl and creating the ledger thus cancel out.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
recorded=$here/instructions.txt

# A path with the same length on every machine. The disk does not matter here.
work=$(mktemp -d /tmp/sms-instructions.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

# Debug information would only slow valgrind down.
strip -o "$work/sms" "$1"
cd "$work"
cc -O2 -o server "$here/server.c"

# Its standard input is a pipe that no other process keeps open for writing, so it ends with this script.
mkfifo lifeline
./server 50 together <lifeline >port &
exec 9>lifeline
while [ ! -s port ]; do sleep 0.05; done

umask 077
printf '[profiles.bench]\nprovider = "vpixelpro"\nkey = "bench"\nbase_url = "http://127.0.0.1:%s"\n' "$(cat port)" >sms.toml

for rows in 2000 4000; do
  awk -v rows=$rows 'BEGIN {
    print "to,name,message"
    for (row = 1; row <= rows; row++)
      printf "+1555%07d,Name %d,\"Hello %d, your parcel arrives today.\"\n", 100000 + row, 1000 + row, 1000 + row
  }' >$rows.csv
  awk -v rows=$rows 'BEGIN {
    for (row = 1; row <= rows; row++)
      printf "{\"to\":\"+1555%07d\",\"name\":\"Name %d\",\"message\":\"Hello %d, your parcel arrives today.\"}\n", \
        100000 + row, 1000 + row, 1000 + row
  }' >$rows.jsonl
done
format=csv

# Without the caller's environment, and with the same hashes in every run.
in_fixed_environment() {
  env -i PATH=/usr/bin:/bin HOME="$work" TZ=UTC SMS_CONFIG="$work/sms.toml" SMS_STATE_DIR="$work/state" \
    SWIFT_DETERMINISTIC_HASHING=1 "$@" </dev/null 9>&-
}

# Runs `sms` with these arguments, and prints the number of instructions.
instructions() {
  in_fixed_environment valgrind --tool=callgrind --cache-sim=no --callgrind-out-file=counted ./sms "$@" >out 2>errors ||
    { cat errors >&2; exit 1; }
  awk '/^(summary|totals):/ { count = $2 } END { print count }' counted
}

# Runs `sms bulk` with these options on the list with this many rows, and with a new ledger.
bulk() {
  rm -rf state
  list=$1.$format
  shift
  instructions -o jsonl bulk "$@" "$list"
}

failed=0

# report COUNT NAME: prints a row of the table. The check fails if the count exceeds the recorded one by more than 3 %.
report() {
  awk -v count="$1" -v name="$2" -v file="$recorded" 'BEGIN {
    while ((getline line < file) > 0) if (substr(line, 15) == name) before = line + 0
    if (before == 0) { printf "%12d  %-32s not recorded\n", count, name; exit }
    growth = (count / before - 1) * 100
    printf "%12d  %-32s %+6.1f %%  %s\n", count, name, growth, (growth > 3 ? "TOO MUCH" : "ok")
    exit (growth > 3)
  }' || failed=1
  printf '%12d  %s\n' "$1" "$2" >>counts
}

report_rows() {
  name=$1
  shift
  few=$(bulk 2000 "$@")
  many=$(bulk 4000 "$@")
  report $(((many - few) / 2000)) "$name"
}

# --- The table ---

count=$(instructions --version)
report "$count" "sms --version"

# With an existing ledger, as in nearly every run.
in_fixed_environment ./sms send +15550100001 Hello >out
count=$(instructions -o jsonl send +15550100001 Hello)
report "$count" "one send"

report_rows "a row of a dry run" --dry-run
format=jsonl
report_rows "a row of a dry run, of JSONL" --dry-run
format=csv
report_rows "a row with a request of its own" --batch 1
report_rows "a row in batches of 100" --batch 100

if [ -n "${2:-}" ]; then
  cp counts "$recorded"
elif [ $failed -ne 0 ]; then
  echo "Find the reason with callgrind_annotate, or record the new numbers: make bench-instructions RECORD=1" >&2
  exit 1
fi
