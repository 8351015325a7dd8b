# bash completion for sms: source it, or put it into the folder of bash-completion.

# Sets subcommands and switches to what the command offers.
_sms_names() {
  subcommands=() switches=()
  case $command in
    'sms')
      subcommands=('send' 'bulk' 'list-send' 'run' 'sendmail' 'status' 'resend' 'log' 'jobs' 'balance' 'devices' 'contacts' 'ussd' 'otp' 'numbers' 'appointments' 'webhook' 'providers' 'profiles' 'config' 'doctor' 'sandbox' 'completions' 'commands' 'help')
      switches=()
      ;;
    'sms send')
      subcommands=()
      switches=('--dry-run' '-n' '--key' '--key-ttl' '--reconcile' '--settle' '--wait' '--wait-timeout' '--price' '--max-segments' '--max-messages' '--gsm' '--from' '--at' '--device' '--use-all-devices' '--use-all-sims' '--random-device' '--mms' '--attach' '--priority' '--sender-id' '--repeat' '--every' '--until')
      ;;
    'sms bulk')
      subcommands=()
      switches=('--dry-run' '-n' '--format' '--to-column' '--message-column' '--fields' '--delimiter' '--encoding' '--sheet' '--message' '--message-file' '--template-column' '--literal' '--suppress' '--suppress-column' '--skip-invalid' '--short-codes' '--min-rows' '--allow-duplicates' '--shard' '--limit' '--job' '--resume' '--new' '--reconcile' '--settle' '--retry-unknown' '--retry-failed' '--price' '--max-segments' '--max-messages' '--gsm' '--yes' '-y' '--rate' '--concurrency' '--batch' '--max-failures' '--from' '--at' '--device' '--use-all-devices' '--use-all-sims' '--random-device' '--mms' '--attach' '--priority' '--sender-id' '--repeat' '--every' '--until')
      ;;
    'sms list-send')
      subcommands=()
      switches=('--dry-run' '-n' '--rotate' '--throttle' '--key' '--key-ttl' '--wait' '--wait-timeout' '--price' '--max-segments' '--gsm' '--yes' '-y' '--from' '--at' '--device' '--use-all-devices' '--use-all-sims' '--random-device' '--mms' '--attach' '--priority' '--sender-id' '--repeat' '--every' '--until')
      ;;
    'sms run')
      subcommands=()
      switches=('--on' '--name' '--from')
      ;;
    'sms sendmail')
      subcommands=()
      switches=('--from-headers' '-t' '--to' '--max-segments' '--max-messages' '--dry-run' '-n' '--from' '--key' '--key-ttl' '--reconcile' '--settle')
      ;;
    'sms status')
      subcommands=()
      switches=('--group' '--to' '--from' '--status' '--device' '--sim' '--direction' '--since' '--until' '--limit' '--wait' '--wait-timeout')
      ;;
    'sms resend')
      subcommands=()
      switches=('--dry-run' '-n' '--group' '--to' '--from' '--status' '--device' '--sim' '--direction' '--since' '--until' '--wait' '--wait-timeout')
      ;;
    'sms log')
      subcommands=()
      switches=('--job' '--group' '--to' '--from' '--status' '--device' '--sim' '--direction' '--since' '--until' '--limit')
      ;;
    'sms jobs')
      subcommands=()
      switches=('--job' '--state' '--since' '--until' '--before' '--unknown-too' '--limit')
      ;;
    'sms balance')
      subcommands=()
      switches=('--voice' '--min')
      ;;
    'sms devices')
      subcommands=()
      switches=()
      ;;
    'sms contacts')
      subcommands=('add' 'unsubscribe' 'list')
      switches=()
      ;;
    'sms contacts add')
      subcommands=()
      switches=('--list' '--name' '--email' '--birthday' '--resubscribe')
      ;;
    'sms contacts unsubscribe')
      subcommands=()
      switches=('--list')
      ;;
    'sms contacts list')
      subcommands=()
      switches=('--name' '--email' '--number' '--list' '--source' '--subscribed' '--sort' '--descending' '--limit' '--page')
      ;;
    'sms ussd')
      subcommands=('send' 'status' 'list')
      switches=()
      ;;
    'sms ussd send')
      subcommands=()
      switches=('--device' '--sim' '--wait' '--wait-timeout')
      ;;
    'sms ussd status')
      subcommands=()
      switches=()
      ;;
    'sms ussd list')
      subcommands=()
      switches=('--request' '--device' '--sim' '--since' '--until')
      ;;
    'sms otp')
      subcommands=('generate' 'verify' 'send')
      switches=()
      ;;
    'sms otp generate')
      subcommands=()
      switches=()
      ;;
    'sms otp verify')
      subcommands=()
      switches=()
      ;;
    'sms otp send')
      subcommands=()
      switches=('--message' '--from' '--key' '--key-ttl' '--reconcile' '--settle')
      ;;
    'sms numbers')
      subcommands=('enable' 'disable')
      switches=()
      ;;
    'sms numbers enable')
      subcommands=()
      switches=()
      ;;
    'sms numbers disable')
      subcommands=()
      switches=()
      ;;
    'sms appointments')
      subcommands=('add')
      switches=()
      ;;
    'sms appointments add')
      subcommands=()
      switches=('--at' '--status')
      ;;
    'sms webhook')
      subcommands=('verify')
      switches=()
      ;;
    'sms webhook verify')
      subcommands=()
      switches=('--signature')
      ;;
    'sms providers')
      subcommands=()
      switches=()
      ;;
    'sms profiles')
      subcommands=()
      switches=()
      ;;
    'sms config')
      subcommands=('init' 'add' 'remove' 'check' 'show' 'path')
      switches=()
      ;;
    'sms config init')
      subcommands=()
      switches=('--provider')
      ;;
    'sms config add')
      subcommands=()
      switches=('--provider' '--key-env' '--key-file' '--key-command' '--password-env' '--password-file' '--password-command' '--api-key-env' '--api-key-file' '--api-key-command' '--base-url' '--allow-http' '--from' '--country-code' '--time-zone' '--settle' '--rate' '--concurrency' '--ca-file' '--proxy' '--sendmail-to' '--devices' '--account-id' '--service-account' '--a2p' '--store-body' '--sender-id')
      ;;
    'sms config remove')
      subcommands=()
      switches=()
      ;;
    'sms config check')
      subcommands=()
      switches=('--online')
      ;;
    'sms config show')
      subcommands=()
      switches=()
      ;;
    'sms config path')
      subcommands=()
      switches=()
      ;;
    'sms doctor')
      subcommands=()
      switches=('--repair')
      ;;
    'sms sandbox')
      subcommands=()
      switches=('--port' '--write-config' '--log' '--latency' '--fault' '--seed')
      ;;
    'sms completions')
      subcommands=()
      switches=()
      ;;
    'sms commands')
      subcommands=()
      switches=()
      ;;
  esac
  switches+=('--profile' '-p' '--config' '-c' '--output' '-o' '--json' '--jq' '--columns' '--no-header' '--raw' '--quiet' '-q' '--verbose' '-v' '--csv-safe' '--color' '--no-color' '--timeout' '--connect-timeout' '--retries' '--allow-unusual-numbers' '--no-input' '--help' '-h' '--version')
  [[ -z $helping || $command$operand != 'sms1' ]] || subcommands+=('formats' 'environment' 'exit-codes')
}

# Sets kind (and choices) to what follows an option of the command, or stands as its operand of that number; to
# nothing for a flag. Sets list where several can be joined by commas.
_sms_value() {
  kind='' choices=() list=''
  case "$command $1" in
    'sms send --key') kind=text ;;
    'sms send --key-ttl') kind=text ;;
    'sms send --settle') kind=text ;;
    'sms send --wait-timeout') kind=text ;;
    'sms send --price') kind=text ;;
    'sms send --max-segments') kind=text ;;
    'sms send --max-messages') kind=text ;;
    'sms send --from') kind=text ;;
    'sms send --at') kind=text ;;
    'sms send --device') kind=dynamic choices=('devices') ;;
    'sms send --attach') kind=text ;;
    'sms send --sender-id') kind=text ;;
    'sms send --repeat') kind=choices choices=('daily' 'weekly' 'monthly' 'yearly') ;;
    'sms send --every') kind=text ;;
    'sms send --until') kind=text ;;
    'sms bulk --format') kind=choices choices=('csv' 'json' 'jsonl' 'lines' 'vcf' 'xlsx') ;;
    'sms bulk --to-column') kind=text ;;
    'sms bulk --message-column') kind=text ;;
    'sms bulk --fields') kind=text list=1 ;;
    'sms bulk --delimiter') kind=text ;;
    'sms bulk --encoding') kind=text ;;
    'sms bulk --sheet') kind=text ;;
    'sms bulk --message') kind=text ;;
    'sms bulk --message-file') kind=files ;;
    'sms bulk --suppress') kind=files ;;
    'sms bulk --suppress-column') kind=text ;;
    'sms bulk --min-rows') kind=text ;;
    'sms bulk --shard') kind=text ;;
    'sms bulk --limit') kind=text ;;
    'sms bulk --job') kind=dynamic choices=('jobs') ;;
    'sms bulk --resume') kind=dynamic choices=('jobs') ;;
    'sms bulk --settle') kind=text ;;
    'sms bulk --price') kind=text ;;
    'sms bulk --max-segments') kind=text ;;
    'sms bulk --max-messages') kind=text ;;
    'sms bulk --rate') kind=text ;;
    'sms bulk --concurrency') kind=text ;;
    'sms bulk --batch') kind=text ;;
    'sms bulk --max-failures') kind=text ;;
    'sms bulk --from') kind=text ;;
    'sms bulk --at') kind=text ;;
    'sms bulk --device') kind=dynamic choices=('devices') ;;
    'sms bulk --attach') kind=text ;;
    'sms bulk --sender-id') kind=text ;;
    'sms bulk --repeat') kind=choices choices=('daily' 'weekly' 'monthly' 'yearly') ;;
    'sms bulk --every') kind=text ;;
    'sms bulk --until') kind=text ;;
    'sms bulk 1') kind=files ;;
    'sms list-send --throttle') kind=text ;;
    'sms list-send --key') kind=text ;;
    'sms list-send --key-ttl') kind=text ;;
    'sms list-send --wait-timeout') kind=text ;;
    'sms list-send --price') kind=text ;;
    'sms list-send --max-segments') kind=text ;;
    'sms list-send --from') kind=text ;;
    'sms list-send --at') kind=text ;;
    'sms list-send --device') kind=dynamic choices=('devices') ;;
    'sms list-send --attach') kind=text ;;
    'sms list-send --sender-id') kind=text ;;
    'sms list-send --repeat') kind=choices choices=('daily' 'weekly' 'monthly' 'yearly') ;;
    'sms list-send --every') kind=text ;;
    'sms list-send --until') kind=text ;;
    'sms run --on') kind=choices choices=('fail' 'ok' 'always') ;;
    'sms run --name') kind=text ;;
    'sms run --from') kind=text ;;
    'sms run '[0-9]*) kind=files ;;
    'sms sendmail --to') kind=text ;;
    'sms sendmail --max-segments') kind=text ;;
    'sms sendmail --max-messages') kind=text ;;
    'sms sendmail --from') kind=text ;;
    'sms sendmail --key') kind=text ;;
    'sms sendmail --key-ttl') kind=text ;;
    'sms sendmail --settle') kind=text ;;
    'sms status --group') kind=dynamic choices=('groups') ;;
    'sms status --to') kind=text ;;
    'sms status --from') kind=text ;;
    'sms status --status') kind=dynamic choices=('statuses') ;;
    'sms status --device') kind=dynamic choices=('devices') ;;
    'sms status --sim') kind=text ;;
    'sms status --direction') kind=choices choices=('out' 'in') ;;
    'sms status --since') kind=text ;;
    'sms status --until') kind=text ;;
    'sms status --limit') kind=choices choices=('all') ;;
    'sms status --wait-timeout') kind=text ;;
    'sms resend --group') kind=dynamic choices=('groups') ;;
    'sms resend --to') kind=text ;;
    'sms resend --from') kind=text ;;
    'sms resend --status') kind=dynamic choices=('statuses') ;;
    'sms resend --device') kind=dynamic choices=('devices') ;;
    'sms resend --sim') kind=text ;;
    'sms resend --direction') kind=choices choices=('out' 'in') ;;
    'sms resend --since') kind=text ;;
    'sms resend --until') kind=text ;;
    'sms resend --wait-timeout') kind=text ;;
    'sms log --job') kind=dynamic choices=('jobs') ;;
    'sms log --group') kind=dynamic choices=('groups') ;;
    'sms log --to') kind=text ;;
    'sms log --from') kind=text ;;
    'sms log --status') kind=dynamic choices=('statuses') ;;
    'sms log --device') kind=dynamic choices=('devices') ;;
    'sms log --sim') kind=text ;;
    'sms log --direction') kind=choices choices=('out' 'in') ;;
    'sms log --since') kind=text ;;
    'sms log --until') kind=text ;;
    'sms log --limit') kind=choices choices=('all') ;;
    'sms jobs --job') kind=dynamic choices=('jobs') ;;
    'sms jobs --state') kind=choices choices=('planned' 'running' 'interrupted' 'unsettled' 'done' 'abandoned') ;;
    'sms jobs --since') kind=text ;;
    'sms jobs --until') kind=text ;;
    'sms jobs --before') kind=text ;;
    'sms jobs --limit') kind=choices choices=('all') ;;
    'sms jobs 1') kind=dynamic choices=('jobs-and-actions') ;;
    'sms jobs 2') kind=dynamic choices=('jobs') ;;
    'sms balance --min') kind=text ;;
    'sms contacts add --list') kind=text ;;
    'sms contacts add --name') kind=text ;;
    'sms contacts add --email') kind=text ;;
    'sms contacts add --birthday') kind=text ;;
    'sms contacts unsubscribe --list') kind=text ;;
    'sms contacts list --name') kind=text ;;
    'sms contacts list --email') kind=text ;;
    'sms contacts list --number') kind=text ;;
    'sms contacts list --list') kind=text ;;
    'sms contacts list --source') kind=choices choices=('import' 'sms' 'web-widget' 'kiosk') ;;
    'sms contacts list --subscribed') kind=choices choices=('yes' 'no') ;;
    'sms contacts list --sort') kind=choices choices=('name' 'number' 'created') ;;
    'sms contacts list --limit') kind=choices choices=('all') ;;
    'sms contacts list --page') kind=text ;;
    'sms ussd send --device') kind=dynamic choices=('devices') ;;
    'sms ussd send --sim') kind=text ;;
    'sms ussd send --wait-timeout') kind=text ;;
    'sms ussd list --request') kind=text ;;
    'sms ussd list --device') kind=dynamic choices=('devices') ;;
    'sms ussd list --sim') kind=text ;;
    'sms ussd list --since') kind=text ;;
    'sms ussd list --until') kind=text ;;
    'sms otp send --message') kind=text ;;
    'sms otp send --from') kind=text ;;
    'sms otp send --key') kind=text ;;
    'sms otp send --key-ttl') kind=text ;;
    'sms otp send --settle') kind=text ;;
    'sms appointments add --at') kind=text ;;
    'sms appointments add --status') kind=choices choices=('unconfirmed' 'confirmed' 'canceled' 'rescheduled') ;;
    'sms webhook verify --signature') kind=text ;;
    'sms webhook verify 1') kind=files ;;
    'sms config init --provider') kind=choices choices=('vpixelpro' 'sendapp' 'voipcomm' 'voximplant' 'smsit') ;;
    'sms config add --provider') kind=choices choices=('vpixelpro' 'sendapp' 'voipcomm' 'voximplant' 'smsit') ;;
    'sms config add --key-env') kind=text ;;
    'sms config add --key-file') kind=text ;;
    'sms config add --key-command') kind=text ;;
    'sms config add --password-env') kind=text ;;
    'sms config add --password-file') kind=text ;;
    'sms config add --password-command') kind=text ;;
    'sms config add --api-key-env') kind=text ;;
    'sms config add --api-key-file') kind=text ;;
    'sms config add --api-key-command') kind=text ;;
    'sms config add --base-url') kind=text ;;
    'sms config add --from') kind=text ;;
    'sms config add --country-code') kind=text ;;
    'sms config add --time-zone') kind=text ;;
    'sms config add --settle') kind=text ;;
    'sms config add --rate') kind=text ;;
    'sms config add --concurrency') kind=text ;;
    'sms config add --ca-file') kind=text ;;
    'sms config add --proxy') kind=text ;;
    'sms config add --sendmail-to') kind=text ;;
    'sms config add --devices') kind=text ;;
    'sms config add --account-id') kind=text ;;
    'sms config add --service-account') kind=text ;;
    'sms config add --sender-id') kind=text ;;
    'sms config remove 1') kind=dynamic choices=('profiles') ;;
    'sms config check 1') kind=files ;;
    'sms sandbox --port') kind=text ;;
    'sms sandbox --write-config') kind=files ;;
    'sms sandbox --log') kind=files ;;
    'sms sandbox --latency') kind=text ;;
    'sms sandbox --fault') kind=choices choices=('drop-before' 'drop-after' 'hang' 'http-500' 'http-429' 'http-503' 'garbage' 'truncate' 'slow') ;;
    'sms sandbox --seed') kind=text ;;
    'sms completions 1') kind=choices choices=('bash' 'zsh' 'fish') ;;
  esac
  [[ -n $kind ]] && return
  case $1 in
    '--profile' | '-p') kind=dynamic choices=('profiles') ;;
    '--config' | '-c') kind=files ;;
    '--output' | '-o') kind=choices choices=('table' 'json' 'jsonl' 'csv' 'tsv') ;;
    '--jq') kind=text ;;
    '--columns') kind=dynamic choices=('columns') list=1 ;;
    '--color') kind=choices choices=('auto' 'always' 'never') ;;
    '--timeout') kind=text ;;
    '--connect-timeout') kind=text ;;
    '--retries') kind=text ;;
  esac
}

# Follows the words before the cursor: sets command, operand (the number of the next one), pending (the option that
# waits for its value), ended (behind --), helping (behind help) and given (options that the program has to know to
# tell what there is).
_sms_walk() {
  local word letters letter list
  command='sms' operand=1 pending='' ended='' helping='' given=()
  while (( $# )); do
    word=$1
    shift
    if [[ -n $pending ]]; then
      case $pending in '--profile' | '-p' | '--config' | '-c') given+=("$pending" "$word") ;; esac
      pending=''
    elif [[ -n $ended || $word == - || $word != -* ]]; then
      case "$command $word" in
        'sms help') helping=1 ;;
        'sms send' | 'sms bulk' | 'sms list-send' | 'sms run' | 'sms sendmail' | 'sms status' | 'sms resend' | 'sms log' | 'sms jobs' | 'sms balance' | 'sms devices' | 'sms contacts' | 'sms contacts add' | 'sms contacts unsubscribe' | 'sms contacts list' | 'sms ussd' | 'sms ussd send' | 'sms ussd status' | 'sms ussd list' | 'sms otp' | 'sms otp generate' | 'sms otp verify' | 'sms otp send' | 'sms numbers' | 'sms numbers enable' | 'sms numbers disable' | 'sms appointments' | 'sms appointments add' | 'sms webhook' | 'sms webhook verify' | 'sms providers' | 'sms profiles' | 'sms config' | 'sms config init' | 'sms config add' | 'sms config remove' | 'sms config check' | 'sms config show' | 'sms config path' | 'sms doctor' | 'sms sandbox' | 'sms completions' | 'sms commands')
          command="$command $word" ;;
        *) (( operand += 1 )) ;;
      esac
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == --* ]]; then
      case $word in '--profile='* | '--config='*) given+=("$word") ;; esac
      _sms_value "$word"
      [[ -n $kind ]] && pending=$word
    else
      letters=${word#-}
      while [[ -n $letters ]]; do
        letter=-${letters%"${letters#?}"}
        letters=${letters#?}
        _sms_value "$letter"
        [[ -n $kind ]] || continue
        if [[ -z $letters ]]; then
          pending=$letter
        else
          case $letter in '--profile' | '-p' | '--config' | '-c') given+=("$letter$letters") ;; esac
        fi
        break
      done
    fi
  done
}

# Sets typed to the words up to the cursor as they were typed: bash splits them at = and : as well.
_sms_typed() {
  local line=${COMP_LINE:-"${COMP_WORDS[*]}"} word index last=-1
  typed=()
  for (( index = 0; index <= COMP_CWORD; index++ )); do
    word=${COMP_WORDS[index]}
    if (( index == 0 )) || [[ -z $line || $line == [[:space:]]* ]]; then
      (( last += 1 ))
      typed[last]=''
    fi
    typed[last]+=$word
    line=${line#*"$word"}
  done
}

# Sets candidates to the values that the program knows under a name.
_sms_ask() {
  local program=${COMP_WORDS[0]/#\~\//$HOME/} value description word
  local -a options=()
  [[ $(type -t -- "$program") == file ]] || program='sms'
  for word in ${given[@]+"${given[@]}"}; do
    word=${word//[\\\"\']/}
    options+=("${word/#\~\//$HOME/}")
  done
  while IFS=$'\t' read -r value description || [[ -n $value ]]; do
    candidates+=("$value")
  done < <("$program" '__complete' ${options[@]+"${options[@]}"} -- "$1" "$command" 2>/dev/null </dev/null)
}

# Leaves names of files or folders to readline; old versions of bash cannot.
_sms_paths() {
  local path
  compopt -o "$1" 2>/dev/null && return
  while IFS='' read -r path; do
    COMPREPLY+=("$path")
  done < <(compgen "$2" -- "$value")
}

# Sets COMPREPLY to the candidates that start with the value, quoted as the value is.
_sms_reply() {
  local quote='' plain='' candidate quoted
  if [[ $value == [\"\']* ]]; then
    quote=${value:0:1} plain=yes
    value=${value:1}
  elif [[ $value != *[\"\'\\]* ]]; then
    plain=yes
  fi
  for candidate in ${candidates[@]+"${candidates[@]}"}; do
    case $quote in
      \') quoted=${candidate//"'"/"'\\''"} ;;
      \") quoted=$(printf '%s' "$candidate" | sed 's/[\\"$`]/\\&/g') ;;
      *) printf -v quoted %q "$candidate" ;;
    esac
    if [[ $quoted == "$value"* || -n $plain && $candidate == "$value"* ]]; then
      quoted=$lead$quoted
      COMPREPLY+=("${quoted#"$before"}")
    fi
  done
}

_sms() {
  local command operand pending ended helping kind list before lead value
  local -a typed given subcommands switches choices candidates
  COMPREPLY=() candidates=()
  _sms_typed
  value=${typed[${#typed[@]} - 1]}
  # What readline keeps, because it lies before the last = or :.
  before=${COMP_WORDS[COMP_CWORD]}
  [[ $before == [=:] ]] && before=''
  before=${value%"$before"} lead='' list=''
  _sms_walk "${typed[@]:1:${#typed[@]} - 2}"
  _sms_names
  if [[ -n $pending ]]; then
    _sms_value "$pending"
  elif [[ -z $ended && $value == --*=* ]]; then
    _sms_value "${value%%=*}"
    lead=${value%%=*}= value=${value#*=}
  elif [[ -z $ended && $value == -* ]]; then
    kind=choices choices=("${switches[@]}")
  elif (( ${#subcommands[@]} )); then
    kind=choices choices=("${subcommands[@]}")
  else
    _sms_value "$operand"
  fi
  if [[ -n $list && $value == *,* ]]; then
    lead+=${value%,*},
    value=${value##*,}
  fi
  case $kind in
    choices) candidates=("${choices[@]}") ;;
    dynamic) _sms_ask "${choices[0]}" ;;
    files) _sms_paths default -f ;;
    directories) _sms_paths dirnames -d ;;
  esac
  _sms_reply
}

complete -F _sms sms
