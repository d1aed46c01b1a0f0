"""The clients that are measured, a module each: what one of them is asked to do, in its own words.

A module runs on the Python of its client's environment, 2.7 among them, and holds a class Peer.
Its methods bear the same names in all the modules, and a client that has no such call has no such
method. `address` is that of the engine, `unix:///path`; `version` is the version of the API whose
responses are wanted. A method that takes a stream reads it to its end, and returns how many items
came and their bytes together.
"""


class BasePeer(object):
    """What all peers do alike."""

    package = None      # what is imported, for the row that measures this

    def times(self, call, count, *arguments):
        """Calls a method so many times."""
        method = getattr(self, call)
        for _ in range(count):
            method(*arguments)

    def close(self):
        pass


def drained(items):
    """How many items an iterable gives, and their length together."""
    count = size = 0
    for item in items:
        count += 1
        size += len(item)
    return count, size
