# Prints what the completion script proposes for command lines. $1: the script; then a line per argument, words between
# tabs as bash takes them apart, the cursor at the end. Prints a line each: the proposals between spaces.
source "$1"
shift
for line; do
  COMP_WORDS=()
  while IFS= read -r -d $'\t' word; do COMP_WORDS+=("$word"); done <<<"$line"$'\t'
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  # The function that a press of the key calls, for this command.
  [[ $(complete -p "${COMP_WORDS[0]##*/}") =~ -F\ ([^ ]+) ]] && "${BASH_REMATCH[1]}"
  echo "${COMPREPLY[*]}"
done
