"""What a change is: one difference between a version of the API and the one before, as a small
function.

A change is marked with its version, the method and the path that it is about, and is of one of
four kinds:

    @request   f(call)          a call as the version before had it, changed in place
    @answer    f(answer, call)  -> the answer as the version before had it
    @exchange  f(call, send)    -> the answer; what needs more than one call takes `send` and does
    the whole
    @refusal   f(call)          raises NotSupported for what cannot be carried, before anything is
    sent

Its docstring is the sentence of the version history. A change that an engine made to all its
versions at once is marked `everywhere=True`: it goes by the newest version of the engine, not by
the one that is spoken. `when`, a function of both, is for the few that go by something else. An
answer is put into older words for those who want them; `always=True` is for all callers.
"""

from collections import namedtuple
import re

CHANGES = []
PODMAN = None


class Change(namedtuple('Change', 'version method path kind function when always before after')):
    """`before` and `after` are the parts of `path` around the name that it holds; `after` is None
    when it holds none."""

    def applies(self, spoken, newest, wanted, podman):
        """Whether it lies between the versions: what is written in 1.6 and `spoken`, for an answer
        between what is `wanted` and `spoken`. `newest` is the engine's own."""
        if self.version is PODMAN:
            return podman
        if not self.when(spoken, newest):
            return False
        return self.kind != 'answer' or self.always or wanted < self.version

    def is_about(self, call):
        if self.method != call.method and self.method != '*':
            return False
        path = call.path
        if self.after is None:
            return path == self.path
        return (path.startswith(self.before) and path.endswith(self.after) and
                len(path) > len(self.before) + len(self.after))

    def carry(self, call, send):
        """Send a call through this request or exchange; `send` sends it on through the later changes."""
        if self.kind == 'exchange':
            return self.function(call, send)
        self.function(call)
        return send(call)

    @property
    def sentence(self):
        return ' '.join(self.function.__doc__.split())


def mark(kind):
    def marked(version, method, path, everywhere=False, when=None, always=False):
        def between(spoken, newest):
            return version <= (newest if everywhere else spoken)

        def register(function):
            before, name, after = path.partition('{}')
            CHANGES.append(Change(version, method, path, kind, function, when or between, always,
                                  before, after if name else None))
            return function
        return register
    return marked


request = mark('request')
answer = mark('answer')
exchange = mark('exchange')
refusal = mark('refusal')


def name_in(path, call):
    """The quoted name that stands for {} in the path of a call."""
    return re.match('^' + path.replace('{}', '(.+)') + '$', call.path).group(1)
