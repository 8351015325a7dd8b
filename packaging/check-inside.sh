#!/bin/sh
# check-inside.sh portable|package|rpm VERSION: what check.sh does in a bare system, as root of that.
set -eu
form=$1 version=$2
export DEBIAN_FRONTEND=noninteractive
cd /check

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# Runs a step, and shows what it said only when it fails.
step() { # NAME COMMAND...
  name=$1
  shift
  set +e
  (
    set -e
    "$@"
  ) >/check/log 2>&1
  code=$?
  set -e
  [ $code -eq 0 ] || { cat /check/log >&2; fail "$name"; }
  echo "ok  $name"
}

install_it() {
  case $form in
    portable) command -v xz >/dev/null || apt-get install -y -qq --no-install-recommends xz-utils
      tar -C /usr/local --strip-components=1 --no-same-owner -xJf portable.tar.xz ;;
    package) apt-get install -y -qq --no-install-recommends /check/previous.deb ;;
    # rpm knows nothing of what dpkg has installed.
    rpm) apt-get install -y -qq --no-install-recommends rpm libcurl4 libsqlite3-0 ca-certificates
      rpm --install --nodeps sms.rpm
      rpm --verify --nodeps sms
      rpm --query --requires sms | grep -F 'libcurl.so.4()(64bit)'
      rpm --query --requires sms | grep -F 'libsqlite3.so.0()(64bit)' ;;
  esac
}

upgrade() {
  case $form in
    portable) tar -C /usr/local --strip-components=1 --no-same-owner -xJf portable.tar.xz ;;
    package) dpkg -i /check/sms.deb ;;
    rpm) rpm --upgrade --force --nodeps sms.rpm ;;
  esac
}

version_without_anything() {
  [ ! -e /proc/self ] || fail "/proc is there"
  [ "$(env -i "$(command -v sms)" --version)" = "sms $version" ]
  env -i "$(command -v sms)" --version -v
}

start_sandbox() {
  sms sandbox --port 8025 --write-config /check/sandbox.toml -q >/check/sandbox.log 2>&1 &
  sandbox=$!
  trap 'kill "$sandbox" 2>/dev/null || true' EXIT
  tries=0
  until grep -qs listening /check/sandbox.log; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || fail "the sandbox does not start: $(cat /check/sandbox.log)"
    sleep 0.1
  done
}

stop_sandbox() {
  kill "$sandbox"
  wait "$sandbox" || true
  trap - EXIT
}

send() {
  [ "$(sms send +15550100001 Hello -o csv --columns status --no-header)" = queued ]
  printf 'to,name\n+15550100001,Ada\n+15550100002,Grace\n+15550100003,Zoe\n' >list.csv
  sms bulk list.csv --message 'Hello {{name}}' --job whole
}

# Nothing listens any more: the job stays unfinished.
leave_job() {
  code=0
  sms bulk list.csv --message 'Later {{name}}' --job later --retries 0 || code=$?
  [ "$code" -eq 5 ]
}

finish_job() {
  sms bulk list.csv --message 'Later {{name}}' --job later
  [ "$(sms log --job later -o csv --columns to --no-header | sort -u | wc -l)" -eq 3 ]
  sms bulk list.csv --message 'Later {{name}}' --job later 2>&1 | grep 'nothing to send'
}

# What a bare system lacks is named, with the command that installs it.
says() { # CODE TEXT COMMAND...
  wanted=$1 text=$2 code=0
  shift 2
  "$@" >said 2>&1 || code=$?
  cat said
  [ "$code" -eq "$wanted" ] && grep -q -- "$text" said
}

name_what_is_missing() {
  real="env SMS_CONFIG=/dev/null SMS_PROVIDER=voipcomm SMS_KEY=k SMS_PASSWORD=p SMS_FROM=+15550100000"
  rm -rf /etc/ssl/certs/ca-certificates.crt
  says 3 'apt install ca-certificates' $real sms send +15550100001 Hello
  says 3 'none.pem' $real SSL_CERT_FILE=/none.pem sms send +15550100001 Hello
  says 3 'apt install ca-certificates' $real sms doctor
  if ! command -v unzip >/dev/null; then
    printf 'PK\003\004' >list.xlsx
    says 2 'apt install unzip' $real sms bulk list.xlsx --dry-run
  fi
  command -v jq >/dev/null || says 2 'apt install jq' sms providers --jq .
  if ! command -v openssl >/dev/null; then
    printf '{"account_id": 1, "key_id": "k", "private_key": "-----BEGIN PRIVATE KEY-----\\n-----END PRIVATE KEY-----"}' >key.json
    chmod 600 key.json
    # Over plain HTTP, where no certificates are needed first.
    says 3 'apt install openssl' env SMS_CONFIG=/dev/null SMS_BASE_URL=http://127.0.0.1:9 SMS_PROVIDER=voximplant \
      SMS_SERVICE_ACCOUNT=/check/key.json sms balance
  fi
  [ ! -e /usr/share/zoneinfo ] || mv /usr/share/zoneinfo /usr/share/zoneinfo.away
  says 3 'apt install tzdata' $real SMS_TIME_ZONE=Europe/Paris sms send +15550100001 Hello --dry-run
  says 3 'apt install tzdata' $real TZ=Europe/Paris sms send +15550100001 Hello --dry-run --at 2036-03-01
  [ ! -e /usr/share/zoneinfo.away ] || mv /usr/share/zoneinfo.away /usr/share/zoneinfo
  [ "$form" != portable ] || return 0
  mkdir -p /away
  mv /usr/lib/*/libcurl*.so.* /away/
  says 3 'apt install libcurl4' sms send +15550100001 Hello
  says 3 'apt install libcurl4' sms doctor
  ! grep -i proxy said
  mv /away/* "$(dirname "$(ls /usr/lib/*/libsqlite3.so.0)")/"
}

complete_in_shells() {
  bash --norc -c '. /usr/share/bash-completion/bash_completion
    { _comp_load sms || _completion_loader sms; } 2>/dev/null
    COMP_WORDS=(sms sen) COMP_CWORD=1 COMP_LINE="sms sen" COMP_POINT=7
    $(complete -p sms | sed "s/.*-F \([^ ]*\).*/\1/") sms sen sms
    printf "%s\n" "${COMPREPLY[@]}"' | grep -q '^send' || fail bash
  # Where an .rpm has it, zsh of Fedora looks.
  zsh -f -c 'fpath+=(/usr/share/zsh/site-functions); autoload -Uz compinit && compinit -u -D && print $_comps[sms]' | grep -qx _sms || fail zsh
  fish -c 'complete -C "sms sen"' | grep -q '^send' || fail fish
}

manual() { man sms | grep -q 'text messages'; }

remove_it() {
  case $form in
    portable) tar -tJf portable.tar.xz | sed -n 's,^[^/]*/\(.*[^/]\)$,/usr/local/\1,p' | tr '\n' '\0' | xargs -0 rm -f ;;
    package) apt-get purge -y -qq sms ;;
    rpm) rpm --erase sms ;;
  esac
  left=$(find / -xdev \( -path /check -o -path /sys -o -path /tmp \) -prune -o \( -name '*sms*' -o -name '_sms' \) -print |
    grep -Ev '^/(root/.local/state/sms|usr/share/locale|var/cache/man|usr/share/doc/sms$|usr/local/share/doc/sms$|opt|root/.config/fish/)' || true)
  [ -z "$left" ] || fail "left behind: $left"
  [ -s "$SMS_STATE_DIR/ledger.db" ] || fail "the user's state is gone"
}

export SMS_STATE_DIR=/check/state
step "install" install_it
step "sms --version without /proc and HOME" version_without_anything
export SMS_CONFIG=/check/sandbox.toml HOME=/root
start_sandbox
step "send and bulk" send
step "doctor" sms doctor
step "what is missing is named" name_what_is_missing
stop_sandbox
step "a job without a provider is left unfinished" leave_job
step "upgrade" upgrade
start_sandbox
step "the new version finishes it" finish_job
stop_sandbox
step "install shells and man" apt-get install -y -qq --no-install-recommends bash-completion zsh fish man-db
# As the README says.
[ "$form" != portable ] || { mkdir -p ~/.config/fish/completions && sms completions fish >~/.config/fish/completions/sms.fish; }
step "completion in bash, zsh and fish" complete_in_shells
step "man sms" manual
step "remove" remove_it
