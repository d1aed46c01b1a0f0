"""Tests of docker.buildkit: bytes in, bytes and items out, without an engine."""
