"""Any text to what it says: picks the dialect. Never raises, whatever the text holds."""

from functools import cache
from importlib import import_module
from types import ModuleType

from presign_cli.core.address import Address, parameters, read_address
from presign_cli.core.dialects import recognise
from presign_cli.core.dialects.grammar import Grammar, Reading
from presign_cli.core.place import read_place
from presign_cli.core.presigned import Presigned

_NO_PARAMETERS = parameters(())


def decode(text: str) -> Presigned:
    """What a signed link, a form or a policy says; of the dialect `none` where the text is none of them."""
    return read(text).presigned


def read(text: str) -> Reading:
    """As `decode`, with what it was decoded from."""
    address = read_address(text)
    return _read_link(address) if address else _read_form(text)


def _read_link(address: Address) -> Reading:
    name = recognise(address.parameters.first.keys())
    presigned: Presigned | None = None
    grammar: Grammar | None = None
    if name:
        module = _dialect(name)
        presigned = module.read(address)
        grammar = module.grammar_of(presigned)
    return Reading(
        presigned=presigned or _unsigned(address),
        parameters=address.parameters,
        grammar=grammar,
        address=address,
    )


@cache
def _dialect(name: str) -> ModuleType:
    return import_module(f"presign_cli.core.dialects.{name}")


def _unsigned(address: Address) -> Presigned:
    """A plain URL; an object only where the host is one of AWS's."""
    place = read_place(address)
    ours = place if place.service else None
    return Presigned(
        dialect="none",
        url=address.text,
        host=address.host or None,
        service=place.service,
        addressing=ours.addressing if ours else None,
        bucket=ours.bucket if ours else None,
        key=ours.key if ours else None,
        region=ours.region if ours else None,
    )


def _read_form(text: str) -> Reading:
    from presign_cli.core.dialects import aws_post
    from presign_cli.core.form import read_form

    form = read_form(text)
    presigned = aws_post.read(form, text=text) if form else None
    if not form or not presigned:
        nothing = Presigned(dialect="none", url=text, host=None)
        return Reading(presigned=nothing, parameters=_NO_PARAMETERS, grammar=None, address=None)
    return Reading(
        presigned=presigned,
        parameters=form.fields,
        grammar=aws_post.grammar_of(form),
        address=read_address(form.action) if form.action else None,
    )
