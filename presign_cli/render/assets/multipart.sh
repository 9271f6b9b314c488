(
# {{about}}
# Save this as upload.sh and run `sh upload.sh FILE`, or put the file's name in the next line and paste it.
file={{file}}
[ $# -eq 0 ] || file=$1
case $file in -*) file=./$file ;; esac
size={{size}}
count={{count}}
complete={{complete_url}}
abort={{abort_url}}
{{secret}}export LC_ALL=C
newline='
'

tell() { printf '%s\n' "$*" >&2; }

# What S3 answered, in its own words: "Code: message", or the HTTP status.
words() {
  said=$(printf '%s' "$answer" | tr -d '\r\n' |
    sed -n 's/.*<Code>\([^<]*\)<\/Code>.*<Message>\([^<]*\)<\/Message>.*/\1: \2/p' | tr -cd '[:print:]')
  case $said$status in
    000) printf 'no connection' ;;
    *) printf '%s' "${said:-HTTP $status}" ;;
  esac
}

give_up() {
  trap '' HUP INT TERM
  tell "error: $1"
  if curl -fsS -o /dev/null -X DELETE "$abort"; then
    tell 'The upload was aborted: nothing is stored, nothing costs money.'
  else
    tell 'The upload could not be aborted: its parts cost money until somebody does.'
  fi
  exit 1
}

# Splits what curl said into $answer and $status, the last line.
read_answer() {
  status=${said_all##*"$newline"}
  answer=${said_all%"$newline"*}
}

# Whether to try again: a dropped connection and S3's "later" pass, other refusals stay.
passing() {
  [ "$attempt" -lt 6 ] || return 1
  case $status$answer in
    000* | 408* | 429* | 5* | *'<Code>InternalError<'* | *'<Code>SlowDown<'* | *'<Code>RequestTimeout<'*) ;;
    *) return 1 ;;
  esac
  tell "$(words); trying again"
  sleep $((attempt * attempt))
  attempt=$((attempt + 1))
}

# part NUMBER OFFSET SIZE URL
part() {
  attempt=1
  while :; do
    said_all=$(tail -c "+$(($2 + 1))" "$file" | head -c "$3" |
      curl -sS -i -T - -H "Content-Length: $3" -H 'Transfer-Encoding:' -w "$newline%{http_code}"{{part_headers}} "$4")
    read_answer
    etag=$(printf '%s\n' "$answer" | tr -d '\r' | sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' | tail -n 1)
    [ "$status" = 200 ] && [ -n "$etag" ] && break
    passing || give_up "part $1 of $count failed: $(words)"
  done
  parts="$parts<Part><PartNumber>$1</PartNumber><ETag>$etag</ETag></Part>"
  tell "part $1 of $count"
}

# S3 may answer 200 and an <Error> in it:
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
finish() {
  attempt=1
  while :; do
    said_all=$(printf '%s' "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">$parts</CompleteMultipartUpload>" |
      curl -sS -X POST -H 'Content-Type: application/xml' --data-binary @- -w "$newline%{http_code}"{{complete_headers}} "$complete")
    read_answer
    case $status$answer in
      *'<Error>'*) ;;
      200*'<CompleteMultipartUploadResult'*) return ;;
    esac
    passing || give_up "S3 did not complete the upload: $(words)"
  done
}

if ! [ -f "$file" ] || ! [ -r "$file" ]; then
  tell "error: there is no file $file that can be read; nothing was sent"
  exit 1
fi
if [ "$(($(wc -c <"$file")))" -ne "$size" ]; then
  tell "error: $file has $(($(wc -c <"$file"))) bytes, and this upload is for $size; nothing was sent"
  exit 1
fi
trap 'give_up interrupted' HUP INT TERM
parts=''
{{parts}}
finish
tell {{done}}
)
