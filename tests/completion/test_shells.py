"""A real TAB in bash, zsh and fish: what is typed becomes what was meant."""

import pytest

from tests.completion.shells import READY


@pytest.fixture(autouse=True)
def _empty_line(prompt):
    prompt.send("C-c")
    prompt.run("true")


@pytest.fixture(scope="module")
def bucket(gateway):
    name = gateway.bucket("completions")
    for key in ("manuals/kbd.pdf", "manuals/mouse 2.pdf", "top.txt", "it's $5/a.txt"):
        gateway.put(name, key, b"x")
    return name


def completed(prompt, typed, shown):
    """What is typed behind the TAB stands behind what it completed."""
    prompt.complete(typed, f"{READY}{shown.rstrip()}")  # zsh leaves a completion when more is typed
    prompt.type("END")
    prompt.wait_for(f"{READY}{shown}END")


def test_the_first_tab_completes_a_command(prompt):
    completed(prompt, "presign ge", "presign get ")


def test_options_complete(prompt):
    completed(prompt, "presign get --endp", "presign get --endpoint-url ")


def test_formats_complete(prompt):
    completed(prompt, "presign get -o mar", "presign get -o markdown ")


@pytest.mark.parametrize("option", ["--profile ", "-p ", "--profile="])
def test_profiles_complete_from_the_files(prompt, option):
    completed(prompt, f"presign get {option}sup", f"presign get {option}support ")


def test_regions_complete(prompt):
    completed(prompt, "presign get --region ca-c", "presign get --region ca-central-1 ")


def test_files_complete_where_an_option_takes_one(prompt):
    completed(prompt, "presign get --qr-file cod", "presign get --qr-file codes/")


def test_buckets_complete(prompt, bucket):
    completed(prompt, "presign get s3://complet", "presign get s3://completions/")


def test_keys_complete_up_to_the_next_slash(prompt, bucket):
    completed(prompt, "presign get s3://completions/ma", "presign get s3://completions/manuals/")


def test_a_key_completes_whole(prompt, bucket):
    completed(
        prompt, "presign get s3://completions/manuals/k", "presign get s3://completions/manuals/kbd.pdf "
    )


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("manuals/mo", "manuals/mouse 2.pdf"), ("it", "it's $5/"), ("'manuals/mo", "manuals/mouse 2.pdf")],
)
def test_what_a_shell_would_interpret_is_quoted(prompt, bucket, typed, whole):
    """The shell itself tells what it took the completed word for."""
    quote, text = ("'", typed[1:]) if typed.startswith("'") else ("", typed)
    prompt.complete(f"presign get {quote}s3://completions/{text}", ".pdf" if "mo" in typed else "5")
    line = prompt.screen().splitlines()[0].removeprefix(READY).rstrip()
    if quote and line.count("'") % 2:
        line += "'"
    prompt.send("C-c")
    prompt.run("true")
    prompt.type(line.replace("presign get", "printf '<%s>\\n'", 1))
    prompt.send("Enter")
    prompt.wait_for(f"<s3://completions/{whole}>")


def test_many_keys_are_listed(prompt, bucket):
    prompt.complete("presign get s3://completions/manuals/", "kbd.pdf", "mouse", presses=2)


def test_an_unknown_bucket_completes_nothing_and_says_nothing(prompt, bucket):
    prompt.type("presign get s3://nobodys-bucket/x")
    prompt.send("Tab")
    prompt.type("END")
    assert prompt.wait_for("END") == f"{READY}presign get s3://nobodys-bucket/xEND"
