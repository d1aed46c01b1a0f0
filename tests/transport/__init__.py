"""Tests of the way to an engine: connections and the adapter, over real sockets."""
