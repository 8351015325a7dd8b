extension ProgramOutline {
  /// Works with bash 3.2 (the version of macOS) and later.
  var bashScript: String {
    let function = "_\(functionName)"
    let hook = completionHook.map(\.shellQuoted).joined(separator: " ")
    return """
      # bash completion for \(name): source it, or put it into the folder of bash-completion.

      \(BourneTables(outline: self) { name, _ in name }.script)

      # Sets typed to the words up to the cursor as they were typed: bash splits them at = and : as well.
      \(function)_typed() {
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
      \(function)_ask() {
        local program=${COMP_WORDS[0]/#\\~\\//$HOME/} value description word
        local -a options=()
        [[ $(type -t -- "$program") == file ]] || program=\(name.shellQuoted)
        for word in ${given[@]+"${given[@]}"}; do
          word=${word//[\\\\\\\"\\']/}
          options+=("${word/#\\~\\//$HOME/}")
        done
        while IFS=$'\\t' read -r value description || [[ -n $value ]]; do
          candidates+=("$value")
        done < <("$program" \(hook) ${options[@]+"${options[@]}"} -- "$1" "$command" 2>/dev/null </dev/null)
      }

      # Leaves names of files or folders to readline; old versions of bash cannot.
      \(function)_paths() {
        local path
        compopt -o "$1" 2>/dev/null && return
        while IFS='' read -r path; do
          COMPREPLY+=("$path")
        done < <(compgen "$2" -- "$value")
      }

      # Sets COMPREPLY to the candidates that start with the value, quoted as the value is.
      \(function)_reply() {
        local quote='' plain='' candidate quoted
        if [[ $value == [\\"\\']* ]]; then
          quote=${value:0:1} plain=yes
          value=${value:1}
        elif [[ $value != *[\\"\\'\\\\]* ]]; then
          plain=yes
        fi
        for candidate in ${candidates[@]+"${candidates[@]}"}; do
          case $quote in
            \\') quoted=${candidate//"'"/"'\\\\''"} ;;
            \\") quoted=$(printf '%s' "$candidate" | sed 's/[\\\\"$`]/\\\\&/g') ;;
            *) printf -v quoted %q "$candidate" ;;
          esac
          if [[ $quoted == "$value"* || -n $plain && $candidate == "$value"* ]]; then
            quoted=$lead$quoted
            COMPREPLY+=("${quoted#"$before"}")
          fi
        done
      }

      \(function)() {
        local command operand pending ended helping kind list before lead value
        local -a typed given subcommands switches choices candidates
        COMPREPLY=() candidates=()
        \(function)_typed
        value=${typed[${#typed[@]} - 1]}
        # What readline keeps, because it lies before the last = or :.
        before=${COMP_WORDS[COMP_CWORD]}
        [[ $before == [=:] ]] && before=''
        before=${value%"$before"} lead='' list=''
        \(function)_walk "${typed[@]:1:${#typed[@]} - 2}"
        \(function)_names
        if [[ -n $pending ]]; then
          \(function)_value "$pending"
        elif [[ -z $ended && $value == --*=* ]]; then
          \(function)_value "${value%%=*}"
          lead=${value%%=*}= value=${value#*=}
        elif [[ -z $ended && $value == -* ]]; then
          kind=choices choices=("${switches[@]}")
        elif (( ${#subcommands[@]} )); then
          kind=choices choices=("${subcommands[@]}")
        else
          \(function)_value "$operand"
        fi
        if [[ -n $list && $value == *,* ]]; then
          lead+=${value%,*},
          value=${value##*,}
        fi
        case $kind in
          choices) candidates=("${choices[@]}") ;;
          dynamic) \(function)_ask "${choices[0]}" ;;
          files) \(function)_paths default -f ;;
          directories) \(function)_paths dirnames -d ;;
        esac
        \(function)_reply
      }

      complete -F \(function) \(name)

      """
  }
}
