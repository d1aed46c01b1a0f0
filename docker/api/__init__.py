"""The calls of `docker.Client`: a module a subject, as the engine's API reference groups them.

Each holds one class that derives from EngineSession and uses its verbs alone. A call checks its
arguments, sends one request and decodes the response, in the terms of Remote API v1.6.
"""
