# bash completion for presign. Generated: `make completions`.
_presign() {
    local line directive= IFS=$'\n'
    COMPREPLY=()
    while read -r line; do
        if [[ -z $directive ]]; then directive=$line; else COMPREPLY+=("$line"); fi
    done < <(_PRESIGN_COMPLETE=complete_bash COMP_WORDBREAKS="$COMP_WORDBREAKS" \
        "$1" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    case $directive in
        nospace) compopt -o nospace 2>/dev/null ;;
        files)
            compopt -o filenames 2>/dev/null
            COMPREPLY=($(compgen -f -- "$2"))
            ;;
    esac
}
complete -F _presign presign
