# bash completion for post: source it, or put it into the folder of bash-completion.

# Sets subcommands and switches to what the command offers.
_post_names() {
  subcommands=() switches=()
  case $command in
    'post')
      subcommands=('send' 'friends' 'help')
      switches=()
      ;;
    'post send')
      subcommands=()
      switches=('--from' '-f' '--attach' '--every' '--urgent' '--slow')
      ;;
    'post friends')
      subcommands=('add' 'list')
      switches=()
      ;;
    'post friends add')
      subcommands=()
      switches=('--list' '--since')
      ;;
    'post friends list')
      subcommands=()
      switches=()
      ;;
  esac
  switches+=('--profile' '-p' '--output' '-o' '--columns' '--timeout' '--quiet' '-q' '--verbose' '-v' '--help' '-h' '--version')
  [[ -z $helping || $command$operand != 'post1' ]] || subcommands+=('files')
}

# Sets kind (and choices) to what follows an option of the command, or stands as its operand of that number; to
# nothing for a flag. Sets list where several can be joined by commas.
_post_value() {
  kind='' choices=() list=''
  case "$command $1" in
    'post send --from' | 'post send -f') kind=text ;;
    'post send --attach') kind=files ;;
    'post send --every') kind=text ;;
    'post friends add --list') kind=choices choices=('family' 'work' 'pen pals') ;;
    'post friends add --since') kind=text ;;
    'post friends add '[0-9]*) kind=dynamic choices=('profiles') ;;
    'post friends list 1') kind=choices choices=('family' 'work') ;;
  esac
  [[ -n $kind ]] && return
  case $1 in
    '--profile' | '-p') kind=dynamic choices=('profiles') ;;
    '--output' | '-o') kind=choices choices=('table' 'json' 'jsonl' 'csv') ;;
    '--columns') kind=dynamic choices=('columns') list=1 ;;
    '--timeout') kind=text ;;
  esac
}

# Follows the words before the cursor: sets command, operand (the number of the next one), pending (the option that
# waits for its value), ended (behind --), helping (behind help) and given (options that the program has to know to
# tell what there is).
_post_walk() {
  local word letters letter list
  command='post' operand=1 pending='' ended='' helping='' given=()
  while (( $# )); do
    word=$1
    shift
    if [[ -n $pending ]]; then
      case $pending in '--profile' | '-p') given+=("$pending" "$word") ;; esac
      pending=''
    elif [[ -n $ended || $word == - || $word != -* ]]; then
      case "$command $word" in
        'post help') helping=1 ;;
        'post send' | 'post friends' | 'post friends add' | 'post friends list')
          command="$command $word" ;;
        *) (( operand += 1 )) ;;
      esac
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == --* ]]; then
      case $word in '--profile='*) given+=("$word") ;; esac
      _post_value "$word"
      [[ -n $kind ]] && pending=$word
    else
      letters=${word#-}
      while [[ -n $letters ]]; do
        letter=-${letters%"${letters#?}"}
        letters=${letters#?}
        _post_value "$letter"
        [[ -n $kind ]] || continue
        if [[ -z $letters ]]; then
          pending=$letter
        else
          case $letter in '--profile' | '-p') given+=("$letter$letters") ;; esac
        fi
        break
      done
    fi
  done
}

# Sets typed to the words up to the cursor as they were typed: bash splits them at = and : as well.
_post_typed() {
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
_post_ask() {
  local program=${COMP_WORDS[0]/#\~\//$HOME/} value description word
  local -a options=()
  [[ $(type -t -- "$program") == file ]] || program='post'
  for word in ${given[@]+"${given[@]}"}; do
    word=${word//[\\\"\']/}
    options+=("${word/#\~\//$HOME/}")
  done
  while IFS=$'\t' read -r value description || [[ -n $value ]]; do
    candidates+=("$value")
  done < <("$program" '__complete' ${options[@]+"${options[@]}"} -- "$1" "$command" 2>/dev/null </dev/null)
}

# Leaves names of files or folders to readline; old versions of bash cannot.
_post_paths() {
  local path
  compopt -o "$1" 2>/dev/null && return
  while IFS='' read -r path; do
    COMPREPLY+=("$path")
  done < <(compgen "$2" -- "$value")
}

# Sets COMPREPLY to the candidates that start with the value, quoted as the value is.
_post_reply() {
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

_post() {
  local command operand pending ended helping kind list before lead value
  local -a typed given subcommands switches choices candidates
  COMPREPLY=() candidates=()
  _post_typed
  value=${typed[${#typed[@]} - 1]}
  # What readline keeps, because it lies before the last = or :.
  before=${COMP_WORDS[COMP_CWORD]}
  [[ $before == [=:] ]] && before=''
  before=${value%"$before"} lead='' list=''
  _post_walk "${typed[@]:1:${#typed[@]} - 2}"
  _post_names
  if [[ -n $pending ]]; then
    _post_value "$pending"
  elif [[ -z $ended && $value == --*=* ]]; then
    _post_value "${value%%=*}"
    lead=${value%%=*}= value=${value#*=}
  elif [[ -z $ended && $value == -* ]]; then
    kind=choices choices=("${switches[@]}")
  elif (( ${#subcommands[@]} )); then
    kind=choices choices=("${subcommands[@]}")
  else
    _post_value "$operand"
  fi
  if [[ -n $list && $value == *,* ]]; then
    lead+=${value%,*},
    value=${value##*,}
  fi
  case $kind in
    choices) candidates=("${choices[@]}") ;;
    dynamic) _post_ask "${choices[0]}" ;;
    files) _post_paths default -f ;;
    directories) _post_paths dirnames -d ;;
  esac
  _post_reply
}

complete -F _post post
