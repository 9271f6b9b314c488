"""Messages as people get them, and drafts as Python's mail parser reads them."""

import email
import email.policy
import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from presign_cli.core.credentials import Credentials
from presign_cli.core.harmless import harmless
from presign_cli.render.message import mail_draft, message, until_in_words
from tests.render.links import HOSTILE_KEYS, KEYS, NOW, link, sized, to_cet

SESSION = Credentials("ASIAIOSFODNN7EXAMPLE", "x" * 40, "T" * 1500)


def text(*links):
    return message(links, now=NOW, to_local=to_cet)


def draft(*links):
    return mail_draft(links, now=NOW, to_local=to_cet)


def test_a_message_says_what_how_big_until_when_and_by_which_key():
    made = link(check=sized(15_728_640))
    assert text(made) == (
        "Hello,\n"
        "\n"
        "here is the download of your file:\n"
        "\n"
        "guide v2.pdf (15 MiB)\n"
        f"{made.presigned.url}\n"
        "\n"
        "This link works until Tuesday, 24 November 2026, 14:05:00 CET (13:05:00 UTC).\n"
        "\n"
        "It is meant for you alone: whoever has it can download the file without a password.\n"
        "\n"
        "Signed 2026-11-24 13:00:00 UTC with the key AKIAIOSFODNN7EXAMPLE\n"
    )


def test_several_links_share_one_message():
    links = [link("a.pdf"), link("b.pdf")]
    shown = text(*links)
    assert [line for line in shown.splitlines() if line.startswith("https:")] == [
        made.presigned.url for made in links
    ]
    assert shown.count("until Tuesday") == 1
    assert "These links work until" in shown
    assert shown.count("Signed 2026") == 1


def test_links_of_different_lives_say_so_each():
    shown = text(link("a.pdf"), link("b.pdf", ttl_seconds=600))
    assert shown.count("(works until Tuesday") == 2


def test_a_link_of_a_session_of_unknown_end_promises_less():
    assert "13:05:00 UTC) at the latest, perhaps not so long." in text(link(credentials=SESSION))


def test_a_link_ends_with_the_session_that_signed_it():
    session = replace(SESSION, expires_at=NOW + timedelta(seconds=90))
    assert "until Tuesday, 24 November 2026, 14:01:30 CET" in text(link(credentials=session))


def test_a_link_that_does_not_work_yet_says_from_when():
    shown = message([link()], now=NOW - timedelta(hours=2), to_local=to_cet)
    assert "works from Tuesday, 24 November 2026, 14:00:00 CET (13:00:00 UTC) until" in shown


def test_a_dead_link_is_not_promised_to_work():
    shown = message([link()], now=NOW + timedelta(minutes=5), to_local=to_cet)
    assert "This link works no more, since Tuesday, 24 November 2026, 14:05:00 CET (13:05:00 UTC)." in shown


def test_an_upload_says_how_to_send_it_by_a_command_that_a_shell_takes_apart():
    made = link("in/report.csv", method="PUT", headers={"content-length": "2000", "content-type": "text/csv"})
    shown = text(made)
    assert "with this you can upload your file:" in shown
    assert "report.csv (2 kB)" in shown
    (command,) = [line for line in shown.splitlines() if line.startswith("curl ")]
    words = shlex.split(command)
    assert words[-1] == made.presigned.url
    assert words[words.index("-H") + 1] == "content-type: text/csv"


def test_a_header_that_a_download_owes_is_told_and_its_secret_not():
    shown = text(link(headers={"x-amz-server-side-encryption-customer-key": None}))
    assert "(with the header x-amz-server-side-encryption-customer-key: your encryption key)" in shown


def test_the_day_in_utc_is_told_where_it_is_another():
    assert (
        until_in_words(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), to_local=to_cet)
        == "Friday, 1 January 2027, 00:30:00 CET (Thursday, 31 December 2026, 23:30:00 UTC)"
    )
    assert until_in_words(NOW, to_local=lambda moment: moment) == "Tuesday, 24 November 2026, 13:00:00 UTC"


@pytest.mark.parametrize("key", HOSTILE_KEYS.values(), ids=HOSTILE_KEYS)
def test_a_hostile_key_adds_no_line_and_no_header(key):
    made = link(key)
    assert text(made).count("\n") == text(link()).count("\n")
    mail = email.message_from_string(draft(made), policy=email.policy.SMTP)
    assert list(mail.keys()) == [
        "Subject",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]
    assert not mail.defects
    assert mail["Subject"].startswith("Download: ")
    assert mail.get_content().replace("\r\n", "\n") == text(made)


def test_a_draft_has_no_sender_and_opens_unsent():
    mail = email.message_from_string(draft(link()), policy=email.policy.SMTP)
    assert (mail["X-Unsent"], mail["From"], mail["Subject"]) == ("1", None, "Download: guide v2.pdf")


def test_a_draft_survives_servers_that_cut_long_lines_or_take_ascii_only():
    lines = draft(link("größe.pdf", credentials=SESSION)).encode("ascii").split(b"\r\n")
    assert max(len(line) for line in lines) <= 78  # RFC 5322, section 2.1.1
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_a_very_long_name_is_cut_in_the_subject_alone():
    key = "ü" * 500
    mail = email.message_from_string(draft(link(key)), policy=email.policy.SMTP)
    assert mail["Subject"] == "Download: " + "ü" * 120
    assert harmless(key) in mail.get_content()


def test_no_secret_is_in_a_message():
    assert KEYS.secret_access_key not in text(link())
