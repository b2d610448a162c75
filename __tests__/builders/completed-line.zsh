# Types command lines into a real zsh, presses the key, and prints a line each: what is on the command line then.
# $1: the script; $2: commands for the shell before that; then the lines.
zmodload zsh/zpty
zpty shell "env TERM=dumb zsh -f -i"
zpty -w shell "PS1= PS2= RPS1=; unsetopt prompt_sp prompt_cr; LISTMAX=9999"
zpty -w shell "autoload -Uz compinit && compinit -u -D; $2; source ${(q)1}"
zpty -w shell 'tell() { zle complete-word; print -r -- "<<$BUFFER>>"; BUFFER=; }; zle -N tell; bindkey "^X" tell'
zpty -w shell 'print rea""dy'
zpty -r -m shell answer '*ready*'
shift 2
for line; do
  zpty -w -n shell "$line"$'\x18'
  zpty -r -m shell answer '*>>*'
  print -r -- "${${answer##*<<}%%>>*}"
done
zpty -d shell
