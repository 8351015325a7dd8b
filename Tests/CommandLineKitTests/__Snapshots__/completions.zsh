#compdef post
# zsh completion for post: source it after compinit, or put it as _post into a folder of $fpath.

# Sets subcommands and switches to what the command offers.
_post_names() {
  subcommands=() switches=()
  case $command in
    'post')
      subcommands=('send:Send one letter.' 'friends:The address book.' 'help:Show help for a command or topic.')
      switches=()
      ;;
    'post send')
      subcommands=()
      switches=('--from:Who it is from.' '-f:Who it is from.' '--attach:A file to put in.' '--every:Weeks between two letters.' '--urgent:By express.' '--slow:By ship.')
      ;;
    'post friends')
      subcommands=('add:Add friends to a list.' 'list:List friends.')
      switches=()
      ;;
    'post friends add')
      subcommands=()
      switches=('--list:Which list.' '--since:Year you met.')
      ;;
    'post friends list')
      subcommands=()
      switches=()
      ;;
  esac
  switches+=('--profile:Which account to use.' '-p:Which account to use.' '--output:How results are printed.' '-o:How results are printed.' '--columns:Which columns to print.' '--timeout:How long to wait for an answer.' '--quiet:Print results only.' '-q:Print results only.' '--verbose:Print each request and reply.' '-v:Print each request and reply.' '--help:Show the full help; -h shows a short version.' '-h:Show the full help; -h shows a short version.' '--version:Show the version.')
  [[ -z $helping || $command$operand != 'post1' ]] || subcommands+=('files:Files')
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

# Offers the values that the program knows under a name.
_post_ask() {
  local line tab=$'\t'
  local -a entries options
  options=("${(@q)given/#\~\//$HOME/}")
  for line in "${(@f)$(_call_program "$1" $words[1] ''\''__complete'\''' $options -- ${(q)1} ${(q)command} 2>/dev/null </dev/null)}"; do
    [[ -n $line ]] || continue
    entries+=("${${${line%%$tab*}//\\/\\\\}//:/\\:}${${(M)line#*$tab}:+:${line#*$tab}}")
  done
  (( $#entries )) && _describe -t "$1" "$1" entries
}

_post() {
  local command operand pending ended helping kind list
  local -a given subcommands switches choices
  _post_walk "${(@Q)words[2,CURRENT-1]}"
  _post_names
  if [[ -n $pending ]]; then
    _post_value "$pending"
  elif [[ -z $ended && $PREFIX == --*=* ]]; then
    _post_value "${PREFIX%%=*}"
    compset -P 1 '*='
  elif [[ -z $ended && $PREFIX == -* ]]; then
    _describe -t options option switches
    return
  elif (( $#subcommands )); then
    _describe -t commands command subcommands
    return
  else
    _post_value "$operand"
  fi
  [[ -z $list ]] || compset -P '*,'
  case $kind in
    choices) compadd -a choices ;;
    dynamic) _post_ask "$choices[1]" ;;
    files) _files ;;
    directories) _files -/ ;;
    *) return 1 ;;
  esac
}

if [[ $funcstack[1] == _post ]]; then
  _post "$@"
else
  compdef _post post
fi
