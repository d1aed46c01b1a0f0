"""BuildKit, as an engine speaks it: protocol buffers, gRPC, the session of a build, services, progress.

Nothing here opens a file, a connection or a thread: bytes in, bytes and items out. `docker.build_session`
does that. Nothing is imported before a build with BuildKit needs it, and h2 by the session alone.
"""
