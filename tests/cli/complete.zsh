# FOLDER LINE…: each line completed by one tab in a shell of its own on a pseudo-terminal, with FOLDER's functions; what the shell leaves, a line each.
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell "PS1= PS2= RPS1=; unsetopt zle_bracketed_paste; fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D; bindkey -e; print ready=\$((40+2))"
zpty -r shell out "*ready=42*"
shift
for line; do
  zpty -w -n shell "$line"$'\t'
  zpty -w -n shell $'\x01print -r -- "DONE=\x05"\n'
  zpty -r shell out $'*\nDONE=*\n*'
  print -r -- "${${${out##*$'\n'DONE=}%%$'\r'*}%% #}"
done
zpty -d shell
