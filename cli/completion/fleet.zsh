#compdef fleet
# Completion of fleet for zsh: source <(npx fleet completion zsh), or this file as _fleet in a folder of $fpath.
# It knows fleet as a program, a function or an alias, and npx fleet in the folder of the project.

_fleet() {
  local -a program lines proposed
  local line word description also
  integer before=1
  if [[ $words[1] == npx ]]; then
    if [[ $words[2] != fleet || ! -x node_modules/.bin/fleet ]] || ((CURRENT < 3)); then
      _default
      return
    fi
    program=(node_modules/.bin/fleet)
    before=2
  elif [[ $words[1] == */* ]]; then
    program=(${~${(Q)words[1]}})
  else
    program=(fleet)
  fi

  # (Q) takes the quotes away; the command line has them.
  lines=("${(@f)$($program complete -- "${(@Q)words[before+1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  [[ $words[CURRENT] == --*=* ]] && compset -P '*='
  for line in $lines; do
    case $line in
      :files | :directories) also=${line#:} ;;
      *)
        word=${line%%$'\t'*}
        description=${line#$word}
        description=${description#$'\t'}
        proposed+=("${word//:/\\:}${description:+:$description}")
        ;;
    esac
  done
  integer added=1
  (($#proposed)) && _describe fleet proposed && added=0
  case $also in
    files) _files && added=0 ;;
    directories) _files -/ && added=0 ;;
  esac
  return added
}

if [[ $funcstack[1] == _fleet ]]; then
  _fleet "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _fleet fleet
  (( $+_comps[npx] )) || compdef _fleet npx
fi
