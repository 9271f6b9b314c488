"""Texts to inspections, and inspections to stdout: what `inspect` does with each link."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from presign_cli.commands.links_in import Block
from presign_cli.commands.runtime import Runtime
from presign_cli.core.inspection import Inspection, inspect
from presign_cli.core.repair import repair
from presign_cli.errors import ExitCode, UsageError
from presign_cli.render.error import error_text

if TYPE_CHECKING:
    from presign_cli.core.link import Check
    from presign_cli.core.verify import Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked of an inspection: see `inspect`'s options. `form` is the output's format."""

    verify: bool
    check: bool
    method: str | None
    min_left: int | None
    profile: str | None
    ca_bundle: str | None
    show_secrets: bool
    form: str


def inspect_all(blocks: Iterable[Block], wish: Wish, *, runtime: Runtime) -> ExitCode:
    """Prints an inspection of every text, by the block, and gives the highest exit code."""
    judge = _judge(wish, runtime)
    write = _writer(wish, runtime)
    worst = ExitCode.OK
    bad: list[UsageError] = []
    for block in blocks:
        now = runtime.now()
        parts = []
        for text in block.texts:
            inspection = judge(text, now)
            if block.given and inspection.url is None and inspection.presigned.dialect == "none":
                bad.append(_no_link(text))
                continue
            worst = max(worst, inspection.exit_code)
            parts.append(write(inspection, now))
        runtime.stdout.write("".join(parts))
        runtime.stdout.flush()
    if bad and worst <= ExitCode.USAGE:
        raise bad[0]
    runtime.stderr.write("".join(map(error_text, bad)))
    return worst


def _no_link(text: str) -> UsageError:
    """The text itself is not told: it may be what is left of a secret."""
    scheme, mark, _ = text.strip().partition("://")
    if mark and scheme.isalnum() and len(scheme) < 10:
        hint = "presign get s3://BUCKET/KEY" if scheme == "s3" else 'presign inspect "https://…"'
        return UsageError(f"`{scheme}://…` is no link that anybody could have signed", hint=hint)
    return UsageError("there is no link in that text", hint='presign inspect "https://…", in quotes')


def _judge(wish: Wish, runtime: Runtime) -> Callable[[str, datetime], Inspection]:
    """What makes an inspection of a text at a time: repaired, then verified and checked where asked."""
    verify = _verifier(wish, runtime) if wish.verify else None

    def judge(text: str, now: datetime) -> Inspection:
        repaired = repair(text)
        inspection = inspect(
            repaired.url,
            now=now,
            method=wish.method,
            min_left=wish.min_left,
            repairs=repaired.repairs,
            verification=verify(repaired.url) if verify else None,
        )
        return replace(inspection, check=_probe(inspection, wish, runtime, now)) if wish.check else inspection

    return judge


def _verifier(wish: Wish, runtime: Runtime) -> "Callable[[str], Verification]":
    """The keys are read once; each link is proven against those with its own key id."""
    from presign_cli.aws.keyring import candidates
    from presign_cli.core.verify import verify

    keys = tuple(candidates(environ=runtime.environ, profile=wish.profile))
    hosts = _own_hosts(wish, runtime)
    return lambda url: verify(url, keys, hosts=hosts)


def _own_hosts(wish: Wish, runtime: Runtime) -> tuple[str, ...]:
    """Hosts that we would have signed for: a link may have come by another name of the same server."""
    from presign_cli.core.address import read_address
    from presign_cli.settings import load_settings

    settings = load_settings(environ=runtime.environ, flags={"profile": wish.profile})
    named = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
    urls = (settings.public_url, settings.endpoint_url, *map(runtime.environ.get, named))
    addresses = (read_address(url) for url in urls if url)
    return tuple(dict.fromkeys(address.host for address in addresses if address and address.host))


def _probe(inspection: Inspection, wish: Wish, runtime: Runtime, now: datetime) -> "Check | None":
    """What the server says to it. A form is never sent, nor a link that owes headers we have not."""
    from presign_cli.aws.probe import probe

    presigned, verification = inspection.presigned, inspection.verification
    if inspection.url is None:
        return None
    proven = verification.headers if verification else {}
    return probe(
        inspection.url,
        method=presigned.method or wish.method,
        headers={name: proven.get(name) for name in presigned.required_headers},
        environ=runtime.environ,
        now=now,
        ca_bundle=wish.ca_bundle,
    )


def _writer(wish: Wish, runtime: Runtime) -> Callable[[Inspection, datetime], str]:
    """What makes a text of an inspection, in the format that was asked for."""
    if wish.form == "link":
        return lambda inspection, now: f"{inspection.presigned.url}\n"
    if wish.form == "json":
        from presign_cli.render.inspection_json import inspection_json

        indent = runtime.console.is_terminal
        return lambda inspection, now: inspection_json(
            inspection, show_secrets=wish.show_secrets, indent=indent
        )
    return _csv_writer(wish, runtime) if wish.form == "csv" else _table_writer(wish, runtime)


def _csv_writer(wish: Wish, runtime: Runtime) -> Callable[[Inspection, datetime], str]:
    from presign_cli.render.inspection_csv import inspection_header, inspection_row

    runtime.stdout.write(inspection_header())
    return lambda inspection, now: inspection_row(inspection, show_secrets=wish.show_secrets)


def _table_writer(wish: Wish, runtime: Runtime) -> Callable[[Inspection, datetime], str]:
    from presign_cli.render.inspection_table import inspection_table

    between = iter([""])

    def write(inspection: Inspection, now: datetime) -> str:
        table = inspection_table(
            inspection,
            console=runtime.console,
            now=now,
            to_local=runtime.to_local,
            show_secrets=wish.show_secrets,
        )
        return next(between, "\n\n") + table

    return write
