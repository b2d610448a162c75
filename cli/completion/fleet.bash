# Completion of fleet for bash 4 or newer: source <(npx fleet completion bash)
# It knows fleet as a program, a function or an alias, and npx fleet in the folder of the project.

((BASH_VERSINFO[0] >= 4)) || return 0

# Asks a program for the words that may stand at the cursor. $1: how many words stand before those of fleet.
_fleet_propose() {
  local skip=$1 word joined=0 current line
  local -a typed=() lines=()
  shift
  # bash takes --option=value and http://… apart.
  for word in "${COMP_WORDS[@]:skip:COMP_CWORD-skip+1}"; do
    if ((joined)) || { [[ $word =~ ^[=:]+$ ]] && ((${#typed[@]})); }; then
      typed[${#typed[@]}-1]+=$word
    else
      typed+=("$word")
    fi
    joined=0
    [[ $word =~ ^[=:]+$ ]] && joined=1
  done
  current=${typed[${#typed[@]}-1]}

  mapfile -t lines < <("$@" complete -- "${typed[@]}" 2>/dev/null)
  local prefix="" value=$current
  if [[ $current == --*=* ]]; then
    value=${current#*=}
    [[ $COMP_WORDBREAKS == *=* ]] || prefix=${current%%=*}=
  fi
  COMPREPLY=()
  for line in "${lines[@]}"; do
    case $line in
      :files) _fleet_add_files -f ;;
      :directories) _fleet_add_files -d ;;
      *) COMPREPLY+=("$prefix${line%%$'\t'*}") ;;
    esac
  done
}

# Uses value and prefix of _fleet_propose.
_fleet_add_files() {
  local -a files=()
  mapfile -t files < <(compgen "$1" -- "$value")
  ((${#files[@]})) || return
  compopt -o filenames 2>/dev/null
  COMPREPLY+=("${files[@]/#/$prefix}")
}

# As somebody would type it: a function or an alias as well.
_fleet_typed() {
  eval 'fleet "$@"'
}

_fleet() {
  if [[ ${COMP_WORDS[0]} != */* ]]; then
    _fleet_propose 1 _fleet_typed
  else
    _fleet_propose 1 "${COMP_WORDS[0]/#\~\//$HOME/}"
  fi
}

_fleet_npx() {
  COMPREPLY=()
  [[ ${COMP_WORDS[1]} == fleet && -x node_modules/.bin/fleet ]] && ((COMP_CWORD > 1)) || return
  _fleet_propose 2 node_modules/.bin/fleet
}

complete -F _fleet fleet
complete -p npx >/dev/null 2>&1 || complete -o default -F _fleet_npx npx
