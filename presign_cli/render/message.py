"""The message that a support person would send with links: as text, and as an unsent mail draft."""

from collections.abc import Sequence
from datetime import UTC, datetime

from presign_cli.core.download_name import download_name
from presign_cli.core.harmless import harmless
from presign_cli.core.link import Link
from presign_cli.core.size import size_in_words
from presign_cli.core.timestamps import ToLocal
from presign_cli.render.curl import Sources, curl_command

_LONGEST_NAME = 120  # characters in a subject


def message(links: Sequence[Link], *, now: datetime, to_local: ToLocal) -> str:
    """What, how big, until when, that it is personal; at the end what to look for if a link leaks."""
    paragraphs = [
        "Hello,",
        _greeting(links),
        *_items(links, now=now, to_local=to_local),
        meant_for_you_alone(links),
        signed_by(links),
    ]
    return "\n\n".join(paragraphs) + "\n"


def mail_draft(links: Sequence[Link], *, now: datetime, to_local: ToLocal) -> str:
    """The message as RFC 5322 text with CRLF: no sender, `X-Unsent` so that Outlook opens it as a draft.

    The body is quoted-printable, for mail servers cut lines at 998 characters and links are longer.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = _subject(links)
    mail["X-Unsent"] = "1"
    mail.set_content(message(links, now=now, to_local=to_local), cte="quoted-printable")
    return mail.as_bytes().decode("ascii")


def until_in_words(moment: datetime, *, to_local: ToLocal) -> str:
    """`Tuesday, 24 November 2026, 14:05:00 CET (13:05:00 UTC)`."""
    local, utc = to_local(moment), moment.astimezone(UTC)
    zone = local.tzname() or f"{local:%z}"
    if local.utcoffset() == utc.utcoffset():
        return f"{_day(utc)}, {utc:%H:%M:%S} UTC"
    also = f"{utc:%H:%M:%S}" if local.date() == utc.date() else f"{_day(utc)}, {utc:%H:%M:%S}"
    return f"{_day(local)}, {local:%H:%M:%S} {zone} ({also} UTC)"


def meant_for_you_alone(links: Sequence[Link]) -> str:
    """That nothing but the link is needed."""
    can = "upload in your place" if _is_upload(links[0]) else "download the file"
    if len(links) == 1:
        return f"It is meant for you alone: whoever has it can {can} without a password."
    can = can.replace("file", "files")
    return f"They are meant for you alone: whoever has them can {can} without a password."


def signed_by(links: Sequence[Link]) -> str:
    """What finds the key to disable, should a link get about."""
    signings = dict.fromkeys((link.life.signed_at, link.presigned.access_key_id) for link in links)
    return "\n".join(f"Signed {at:%Y-%m-%d %H:%M:%S} UTC with the key {key}" for at, key in signings)


def _day(moment: datetime) -> str:
    return f"{moment:%A}, {moment.day} {moment:%B %Y}"


def _subject(links: Sequence[Link]) -> str:
    verb = "Upload" if _is_upload(links[0]) else "Download"
    return (
        f"{verb}: {_name(links[0])[:_LONGEST_NAME]}" if len(links) == 1 else f"{len(links)} {verb.lower()}s"
    )


def _greeting(links: Sequence[Link]) -> str:
    what = "your file" if len(links) == 1 else f"your {len(links)} files"
    return f"with this you can upload {what}:" if _is_upload(links[0]) else f"here is the download of {what}:"


def _items(links: Sequence[Link], *, now: datetime, to_local: ToLocal) -> list[str]:
    """Each file with its link on a line of its own; the time once where it is the same for all."""
    lives = [_life(link, now=now, to_local=to_local) for link in links]
    if len(set(lives)) == 1:
        subject = "This link works" if len(links) == 1 else "These links work"
        return [*map(_item, links), f"{subject} {lives[0]}."]
    return [f"{_item(link)}\n(works {life})" for link, life in zip(links, lives, strict=True)]


def _item(link: Link) -> str:
    about = f" ({size_in_words(link.size)})" if link.size is not None else ""
    owed = "".join(f"\n{line}" for line in _owed(link))
    return f"{_name(link)}{about}\n{link.presigned.url}{owed}"


def _owed(link: Link) -> list[str]:
    if _is_upload(link):
        return ["Send it with this command, the file's own name for FILE:", curl_command(link, Sources())]
    return [
        f"(with the header {name}: {'your encryption key' if value is None else harmless(value)})"
        for name, value in link.required_headers.items()
    ]


def _life(link: Link, *, now: datetime, to_local: ToLocal) -> str:
    life = link.life
    last = life.usable_until or life.expires_at
    if last <= now:
        return f"no more, since {until_in_words(last, to_local=to_local)}"
    start = f"from {until_in_words(life.signed_at, to_local=to_local)} " if life.signed_at > now else ""
    doubt = "" if life.usable_until else " at the latest, perhaps not so long"
    return f"{start}until {until_in_words(last, to_local=to_local)}{doubt}"


def _name(link: Link) -> str:
    return harmless(download_name(link.presigned))


def _is_upload(link: Link) -> bool:
    return link.presigned.method == "PUT"
