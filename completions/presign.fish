# fish completion for presign. Generated: `make completions`.
function __presign_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer (_PRESIGN_COMPLETE=complete_fish $words[1] $words[2..-1] =(string unescape -- "$current") 2>/dev/null)
    if test "$answer[1]" = files
        __fish_complete_path "$current"
    else if set -q answer[2]
        printf '%s\n' $answer[2..-1]
    end
end
complete -c presign -f -a '(__presign_complete)'
