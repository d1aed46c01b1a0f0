"""The way to an engine: endpoints, connections, and the adapter that a Session sends through."""
