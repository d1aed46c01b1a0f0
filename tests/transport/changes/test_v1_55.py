"""Remote API 1.55: an account has no email."""

import pytest

from tests.server import as_json
from tests.transport.changes import DOCKER


@pytest.mark.parametrize('name', DOCKER)
def test_accounts_have_no_email(recorded, name):
    engine = recorded(name)
    engine.respond(as_json({'Status': 'Login Succeeded'}))
    engine.client.login('me', 'x', 'me@example.com', registry='localhost:5000')
    (_, path, _, body), = engine.requests_made
    assert path == '/auth' and body['username'] == 'me'
    assert ('email' in body) == (engine.spoken != '1.55')
