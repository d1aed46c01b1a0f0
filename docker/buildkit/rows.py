"""The steps of a build with BuildKit as rows, for `docker.progress`: those that run, each with its statuses.

What they report is in lines above the rows, as the text of the build has it.
"""

import collections
import re

from docker.compat import monotonic
from docker.progress_rows import LINE, STATUS, OperationRows, Row, as_text, without_controls

_LINE = r'^#(\d+) (.*)'
# What may follow the id of a status in its line: how far it is, how long it takes, and its end.
_AMOUNTS = r'(?: \d[\d.]*[kMGTP]?B(?: / \d[\d.]*[kMGTP]?B)?)?(?: [\d.]+s)?$'
_DIGEST = r'(\bsha256:[0-9a-f]{12})[0-9a-f]{52}\b'


class BuildRows(OperationRows):
    """The rows of a build whose items are those of `docker.buildkit.progress.build_items`, as dicts or JSON.

    :param clock: a function that returns seconds.
    """

    def __init__(self, clock=monotonic):
        super(BuildRows, self).__init__(clock)
        self._now = clock
        # By the digest of a vertex: those that run.
        self._steps = collections.OrderedDict()
        # The rows of all steps that have run, by digest; by name those whose number is not known yet.
        self._heads = {}
        self._without_number = {}
        self._status_ids = set()

    def add_object(self, item):
        for vertex in _dicts(item.get('vertexes')):
            self._add_vertex(vertex)
        for status in _dicts(item.get('statuses')):
            self._add_status_of(status)
        if item.get('vertexes') or item.get('statuses'):
            self.live = [row for step in self._steps.values() for row in step.rows]
        super(BuildRows, self).add_object(item)

    def end(self):
        super(BuildRows, self).end()
        self.live = []

    def _add_vertex(self, vertex):
        digest, name = _visible_text(vertex.get('digest')), _visible_text(vertex.get('name'))
        if vertex.get('completed'):
            self._steps.pop(digest, None)
        elif vertex.get('started') and digest not in self._steps:
            if digest not in self._heads:
                self._heads[digest] = Row(name)
                self._without_number.setdefault(name, []).append(self._heads[digest])
            self._steps[digest] = _StepRows(self._heads[digest])

    def _add_status_of(self, status):
        key = _visible_text(status.get('id') or status.get('name'))
        self._status_ids.add(key)
        step = self._steps.get(_visible_text(status.get('vertex')))
        if step is None:
            return
        if status.get('completed'):
            step.statuses.pop(key, None)
            return
        row = step.statuses.get(key)
        if row is None:
            row = step.statuses[key] = Row(u'  ' + re.sub(_DIGEST, r'\1', key).rstrip(u':'))
        if status.get('current') or status.get('total'):
            row.move({'current': status.get('current', 0), 'total': status.get('total')}, self._now)

    def _end_block(self):
        """Lines are above the rows, which stay."""

    def _add_line(self, line):
        found = re.match(_LINE, line)
        if found:
            number, text = found.groups()
            rows = self._without_number.get(text)
            if rows:
                rows.pop(0).label = line
            elif re.sub(_AMOUNTS, u'', text) in self._status_ids:
                # Its row shows that, where there are rows.
                self.events.append((STATUS, line))
                return
        self.events.append((LINE, line))
        self.urgent = True


class _StepRows(object):
    """The row of a step, and those of its statuses that are not complete."""

    def __init__(self, head):
        self._head = head
        self.statuses = collections.OrderedDict()

    @property
    def rows(self):
        return [self._head] + list(self.statuses.values())


def _dicts(value):
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _visible_text(value):
    return without_controls(as_text(value or u'').replace(u'\n', u' '))
