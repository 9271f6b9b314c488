#compdef presign
# zsh completion for presign. Generated: `make completions`.

_presign() {
    local directive line
    local -a answer values shown
    answer=("${(@f)$(_PRESIGN_COMPLETE=complete_zsh "${(Q)words[1]}" \
        "${(@Q)words[2,CURRENT-1]}" "=${(Q)PREFIX}" 2>/dev/null)}")
    directive=${answer[1]}
    shift answer
    if [[ $directive == files ]]; then
        _files
        return
    fi
    for line in $answer; do
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  -- }")
    done
    (( $#values )) || return 1
    if [[ $directive == nospace ]]; then
        compadd -S '' -l -d shown -a -- values
    else
        compadd -l -d shown -a -- values
    fi
}

# The first TAB loads this file by calling it: it must complete then, too.
if [[ $funcstack[1] == _presign ]]; then
    _presign "$@"
else
    compdef _presign presign
fi
