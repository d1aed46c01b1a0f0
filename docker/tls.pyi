import requests

from docker._typing import StrPath

class TLSConfig:
    verify: bool | str
    cert: tuple[str, str] | None
    assert_hostname: str | bool | None
    assert_fingerprint: str | None
    ca_cert: str | None
    ssl_version: object
    def __init__(
        self, client_cert: tuple[StrPath, StrPath] | list[StrPath] | None = None,
        ca_cert: StrPath | None = None, verify: bool | StrPath | None = None, ssl_version: object = None,
        assert_hostname: str | bool | None = None, assert_fingerprint: str | None = None,
    ) -> None: ...
    def configure_client(self, client: requests.Session) -> None: ...

__all__ = ['TLSConfig']
