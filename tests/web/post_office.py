"""A mail server of the test: it takes letters under TLS, with a certificate made for it, after a log-in."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, SECRET = "orientir", "a/secret:of@tests"
_PATIENCE = 60
NOBODY = "nobody@example.org"  # an address that the server does not take


@dataclass
class PostOffice:
    """What arrived, and under which address it is reached."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    were_secret: list[bool] = field(default_factory=list)
    silent_for: float = 0  # seconds between taking a letter and saying so

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address == NOBODY:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.were_secret.append(session.ssl is not None and session.authenticated)
        await asyncio.sleep(self.silent_for)
        return "250 OK"

    def to(self, email: str) -> list[EmailMessage]:
        return [one for one in self.letters if one["To"] == email]

    def wait_for(self, count: int) -> None:
        """Until so many have arrived."""
        end = time.monotonic() + _PATIENCE
        while len(self.letters) < count:
            assert time.monotonic() < end, f"{len(self.letters)} letters of {count}"
            time.sleep(0.02)


def _known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, told: Any) -> AuthResult:
    return AuthResult(success=isinstance(told, LoginPassword) and told == LoginPassword(USER.encode(), SECRET.encode()))


@contextmanager
def post_office(folder: Path, starts_tls: bool = True) -> Iterator[PostOffice]:
    """`folder` gets the certificate; who is to trust it names `folder/mail.pem` in SSL_CERT_FILE."""
    office, port = PostOffice(), _port()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate(folder))
    how: dict[str, Any] = {"tls_context": context, "require_starttls": True} if starts_tls else {"ssl_context": context}
    controller = Controller(
        office, hostname="127.0.0.1", port=port, authenticator=_known, auth_required=starts_tls,
        auth_require_tls=starts_tls, **how,
    )  # fmt: skip
    controller.start()
    try:
        office.port = port
        yield office
    finally:
        controller.stop()


def address_of(office: PostOffice) -> str:
    """As an administrator would write it into ORIENTIR_MAIL."""
    return f"smtp://{USER}:{quote(SECRET, safe='')}@127.0.0.1:{office.port}?from=orientir@example.org"


def _port() -> int:
    from scale.servers import free_port

    return free_port()


def certificate(folder: Path) -> Path:
    """For 127.0.0.1, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post office of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "mail.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path
