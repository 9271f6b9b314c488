"""`--check` of links that were just signed: each is asked for at once, and printed whatever the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from presign_cli.aws.account import Account
from presign_cli.commands.runtime import Runtime
from presign_cli.commands.talk import Talk
from presign_cli.core.link import Batch, Check, Link
from presign_cli.errors import RefusedError
from presign_cli.render.check import check_text

FORMATS_WITH_CHECK = ("table", "json", "csv")
"""Those that show what the server said; for the others it is noted on stderr."""


@dataclass(slots=True, kw_only=True)
class LinkChecker:
    """Asks the server for links, and remembers which it did not give.

    Where links are signed for a public host, the endpoint is asked. `tell` notes each answer on stderr, for
    formats that do not show it.
    """

    account: Account
    runtime: Runtime
    talk: Talk
    public_url: str | None = None
    tell: bool = False
    _refused: list[tuple[Link, Check]] = field(default_factory=list)

    def checked(self, batch: Batch, *, headers: Mapping[str, str]) -> Batch:
        """A batch of one with what the server says to its link.

        `headers` are those that the link owes, secret values included.
        """
        from presign_cli.aws.probe import probe

        link = batch.model
        check = probe(
            link.presigned.url,
            method=link.presigned.method,
            headers=headers,
            environ=self.runtime.environ,
            ca_bundle=self.account.ca_bundle,
            server=self.account.endpoint_url if self.public_url else None,
            now=self.runtime.now(),
        )
        if check.ok is False:
            self._refused.append((link, check))
        elif self.tell:
            self.talk.note(f"checked {_name(link)}: {check_text(check)}")
        return batch._replace(model=replace(link, check=check))

    def raise_refusals(self) -> None:
        """When all is printed: RefusedError, where a link does not work."""
        if len(self._refused) == 1:
            link, check = self._refused[0]
            status = f" ({check.status} {check.code or ''}".rstrip() + ")" if check.status else ""
            raise RefusedError(f"{_name(link)} does not work{status}: {check.text}", hint=check.hint or "")
        if self._refused:
            raise RefusedError(
                f"{len(self._refused)} links do not work; the first is {_name(self._refused[0][0])}: "
                f"{self._refused[0][1].text}",
                hint="-o json shows what was said to each",
            )


def _name(link: Link) -> str:
    return f"s3://{link.presigned.bucket}/{link.presigned.key}"
