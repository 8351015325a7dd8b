#!/bin/sh
# Prints an SVG of a terminal session: what the commands below show against a sandbox of its own.
# Usage: picture.sh [PATH OF sms]; needs script(1) of util-linux.
set -eu

case ${1-sms} in */*) sms=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") ;; *) sms=${1-sms} ;; esac
examples=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
sandbox=
trap '[ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# Nothing of the user's own configuration or variables takes part.
for name in $(env | sed -n 's/^\(SMS_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$name"; done
cd "$work"
mkdir bin && ln -s "$sms" bin/sms
cp "$examples/list.csv" .
: >sandbox.out
bin/sms sandbox --port 0 --write-config config.toml >sandbox.out 2>&1 &
sandbox=$!
while ! grep -q listening sandbox.out; do
  kill -0 "$sandbox" || exit 1
  sleep 0.1
done
export PATH="$work/bin:$PATH" SMS_CONFIG=config.toml TERM=xterm PAGER=cat LC_ALL=C.UTF-8

# Each command as somebody would type it, on a terminal of 96 columns.
while IFS= read -r command; do
  printf '\033[1m$ %s\033[0m\n' "$command"
  printf 'stty cols 96 rows 40\n%s\n' "$command" >command
  script -qec 'sh command' /dev/null </dev/null || true
done >session <<'COMMANDS'
sms send +15550100001 "Dinner is ready"
sms bulk list.csv --dry-run --price 0.0075
sms bulk list.csv --job spring
sms bulk list.csv --job spring
COMMANDS

# Colors become classes. Cursor movements are those of a progress bar, which is gone in the end.
tr -d '\r' <session | sed 's/.*\x1b\[K//' | awk '
  BEGIN {
    split("31 32 33 34 35 36 90 2 1", codes, " ")
    for (i in codes) known[codes[i]] = 1
  }
  {
    gsub(/&/, "\\&amp;"); gsub(/</, "\\&lt;"); gsub(/>/, "\\&gt;")
    line = ""; open = 0
    while (match($0, /\033\[[0-9;]*m/)) {
      code = substr($0, RSTART + 2, RLENGTH - 3)
      line = line substr($0, 1, RSTART - 1)
      $0 = substr($0, RSTART + RLENGTH)
      if (open) { line = line "</tspan>"; open = 0 }
      if (code in known) { line = line "<tspan class=\"c" code "\">"; open = 1 }
    }
    lines[NR] = line $0 (open ? "</tspan>" : "")
  }
  END {
    height = 20 * NR + 32
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"850\" height=\"" height "\" viewBox=\"0 0 850 " height "\""
    print "  role=\"img\" aria-label=\"A terminal session: sms sends a text, checks a list, sends it, and is run again\">"
    print "<style>text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d8dee4; white-space: pre }"
    print ".c1 { font-weight: bold; fill: #fff } .c31 { fill: #ff7b72 } .c32 { fill: #7ee787 } .c33 { fill: #e3b341 }"
    print ".c34 { fill: #79c0ff } .c35 { fill: #d2a8ff } .c36 { fill: #76e3ea } .c2, .c90 { fill: #8b949e }</style>"
    print "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#161b22\"/>"
    for (i = 1; i <= NR; i++)
      if (lines[i] != "") print "<text x=\"20\" y=\"" 20 * i + 14 "\" xml:space=\"preserve\">" lines[i] "</text>"
    print "</svg>"
  }'
