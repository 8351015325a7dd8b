extension ProgramOutline {
  var zshScript: String {
    let function = "_\(functionName)"
    // Quoted twice, because `_call_program` evaluates its arguments again.
    let hook = completionHook.map(\.shellQuoted.shellQuoted).joined(separator: " ")
    return """
      #compdef \(name)
      # zsh completion for \(name): source it after compinit, or put it as \(function) into a folder of $fpath.

      \(BourneTables(outline: self) { "\($0):\($1)" }.script)

      # Offers the values that the program knows under a name.
      \(function)_ask() {
        local line tab=$'\\t'
        local -a entries options
        options=("${(@q)given/#\\~\\//$HOME/}")
        for line in "${(@f)$(_call_program "$1" $words[1] \(hook) $options -- ${(q)1} ${(q)command} 2>/dev/null </dev/null)}"; do
          [[ -n $line ]] || continue
          entries+=("${${${line%%$tab*}//\\\\/\\\\\\\\}//:/\\\\:}${${(M)line#*$tab}:+:${line#*$tab}}")
        done
        (( $#entries )) && _describe -t "$1" "$1" entries
      }

      \(function)() {
        local command operand pending ended helping kind list
        local -a given subcommands switches choices
        \(function)_walk "${(@Q)words[2,CURRENT-1]}"
        \(function)_names
        if [[ -n $pending ]]; then
          \(function)_value "$pending"
        elif [[ -z $ended && $PREFIX == --*=* ]]; then
          \(function)_value "${PREFIX%%=*}"
          compset -P 1 '*='
        elif [[ -z $ended && $PREFIX == -* ]]; then
          _describe -t options option switches
          return
        elif (( $#subcommands )); then
          _describe -t commands command subcommands
          return
        else
          \(function)_value "$operand"
        fi
        [[ -z $list ]] || compset -P '*,'
        case $kind in
          choices) compadd -a choices ;;
          dynamic) \(function)_ask "$choices[1]" ;;
          files) _files ;;
          directories) _files -/ ;;
          *) return 1 ;;
        esac
      }

      if [[ $funcstack[1] == \(function) ]]; then
        \(function) "$@"
      else
        compdef \(function) \(name)
      fi

      """
  }
}
