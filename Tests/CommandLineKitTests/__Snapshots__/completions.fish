# fish completion for post: put it as post.fish into ~/.config/fish/completions.

# Prints the command typed so far, the number of its next operand, and the options that the program has to know to
# tell what there is.
function __post_walk
  set -l command 'post'
  set -l operand 1
  set -l pending
  set -l given
  for word in (commandline -opc)[2..]
    if set -q pending[1]
      contains -- $pending --profile -p
      and set -a given $pending $word
      set -e pending[1]
    else if string match -q -- '-?*' $word
      switch "$command $word"
        case 'post send --from' 'post send -f' 'post send --attach' 'post send --every' 'post friends add --list' 'post friends add --since' '* --profile' '* -p' '* --output' '* -o' '* --columns' '* --timeout'
          set pending $word
        case '* --profile=*'
          set -a given $word
        case '*'
          string match -qr -- '^-[A-Za-z]*[p].' $word
          and set -a given $word
      end
    else
      switch "$command $word"
        case 'post help'
        case 'post send' 'post friends' 'post friends add' 'post friends list'
          set command "$command $word"
        case '*'
          set operand (math $operand + 1)
      end
    end
  end
  printf '%s\n' $command $operand $given
end

# Succeeds where the command typed so far is this one, and its next operand has this number, if one is given.
function __post_at
  set -l place (__post_walk)
  test "$place[1]" = $argv[1]
  and contains -- "$argv[2]" '' $place[2]
end

# Prints the values that the program knows under a name; with "list", behind what stands before the last comma.
function __post_ask
  set -l program (string replace -r '^~(?=/)' "$HOME" -- (commandline -opc)[1])
  set -l place (__post_walk)
  set -l options (string replace -r '^~(?=/)' "$HOME" -- $place[3..])
  set -l before
  if test "$argv[2]" = list
    set before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '.*,')
  end
  command $program '__complete' $options -- $argv[1] $place[1] 2>/dev/null </dev/null | string replace -r '^' "$before"
end

# Succeeds behind help.
function __post_helps
  contains -- help (commandline -opc)[2..]
end

complete -c post -f
complete -c post -n '__post_at \'post\'' -a '\'send\'' -d 'Send one letter.'
complete -c post -n '__post_at \'post\'' -a '\'friends\'' -d 'The address book.'
complete -c post -n '__post_at \'post\'' -a '\'help\'' -d 'Show help for a command or topic.'
complete -c post -n '__post_at \'post send\'' -s 'f' -l 'from' -r -f -d 'Who it is from.'
complete -c post -n '__post_at \'post send\'' -l 'attach' -r -F -d 'A file to put in.'
complete -c post -n '__post_at \'post send\'' -l 'every' -r -f -d 'Weeks between two letters.'
complete -c post -n '__post_at \'post send\'' -l 'urgent' -d 'By express.'
complete -c post -n '__post_at \'post send\'' -l 'slow' -d 'By ship.'
complete -c post -n '__post_at \'post friends\'' -a '\'add\'' -d 'Add friends to a list.'
complete -c post -n '__post_at \'post friends\'' -a '\'list\'' -d 'List friends.'
complete -c post -n '__post_at \'post friends add\'' -l 'list' -r -f -a '\'family\' \'work\' \'pen pals\'' -d 'Which list.'
complete -c post -n '__post_at \'post friends add\'' -l 'since' -r -f -d 'Year you met.'
complete -c post -n '__post_at \'post friends add\'' -f -a '(__post_ask \'profiles\')'
complete -c post -n '__post_at \'post friends list\' 1' -f -a '\'family\' \'work\''
complete -c post -n '__post_at \'post\' 1; and __post_helps' -a '\'files\'' -d 'Files'
complete -c post -s 'p' -l 'profile' -r -f -a '(__post_ask \'profiles\')' -d 'Which account to use.'
complete -c post -s 'o' -l 'output' -r -f -a '\'table\' \'json\' \'jsonl\' \'csv\'' -d 'How results are printed.'
complete -c post -l 'columns' -r -f -a '(__post_ask \'columns\' list)' -d 'Which columns to print.'
complete -c post -l 'timeout' -r -f -d 'How long to wait for an answer.'
complete -c post -s 'q' -l 'quiet' -d 'Print results only.'
complete -c post -s 'v' -l 'verbose' -d 'Print each request and reply.'
complete -c post -s 'h' -l 'help' -d 'Show the full help; -h shows a short version.'
complete -c post -l 'version' -d 'Show the version.'
