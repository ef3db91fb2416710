"""By which server letters go, told in one address: smtp://имя:пароль@сервер:порт?from=почта.

`smtp` begins plain and goes on under TLS (STARTTLS), `smtps` is TLS from the first byte; `?tls=no` is for a server on
the same machine, and takes no password elsewhere. This module is read by the settings and knows nothing of Django.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from orientir.errors import Fault, UserError

_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_FORM = "Пишется так: smtp://имя:пароль@сервер:587?from=orientir@example.org"


@dataclass(frozen=True)
class Mail:
    """Without a host no letters are sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    sender: str = "webmaster@localhost"


def mail_of(address: str) -> Mail:
    """Raises UserError for an address that is none, names no sender, or would send a password in the clear."""
    if not address:
        return Mail()
    parts = urlsplit(address)
    told = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme not in _PORTS or not parts.hostname or set(told) - {"from", "tls"}:
        raise _fault("это не адрес почтового сервера.")
    user, is_plain = unquote(parts.username or ""), told.get("tls") == "no"
    sender = told.get("from") or user
    if "@" not in sender:
        raise _fault("не сказано, от чьего имени писать.")
    if is_plain and user and parts.hostname not in _LOOPBACK:
        raise _fault("без TLS пароль увидят в сети.")
    return Mail(
        host=parts.hostname,
        port=_port(parts.netloc, parts.scheme),
        user=user,
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp" and not is_plain,
        is_tls=parts.scheme == "smtps",
        sender=sender,
    )


def _port(place: str, scheme: str) -> int:
    try:
        return urlsplit(f"//{place}").port or _PORTS[scheme]
    except ValueError:
        raise _fault("порт не число от 1 до 65535.") from None


def _fault(what: str) -> UserError:
    return UserError(Fault("ORIENTIR_MAIL", what, _FORM))
