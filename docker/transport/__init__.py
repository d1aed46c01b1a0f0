"""From a Session to an engine: endpoints, connections, versions, and the adapters that a Session mounts."""
