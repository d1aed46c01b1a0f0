"""What an operation of the engine reports, as rows and lines: items in, rows out, without files.

An object such as OperationRows is what `docker.progress` draws. It has `live`, the rows that may still
change, in order; `partial`, the beginning of a line of output; `events`, what happened since somebody
emptied it; and `urgent`, whether some of that is a line, which is drawn at once. What a row or a line says
comes from the engine, or from a build: it holds no control characters, so that it cannot take over a
terminal.
"""

import collections
import re

import six

from docker.api.build import image_id_in
from docker.compat import monotonic
from docker.errors import OperationFailed
from docker.stream import parse_json
from docker.units import scaled_size

# The kinds of events: a line; the status of a row, as a line; rows that do not change any more.
LINE, STATUS, ROWS = range(3)

# Sequences that terminals obey (of both lengths of control characters), then all other such characters,
# and those that change the direction of text.
_ESCAPES = (u'(?:\x1b[\\[]|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])'
            u'[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?|\x1b[ -/]*[0-~]?')
_CONTROLS = u'[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]'
# Both, compiled on first use.
_PATTERNS = []

_STEP = r'(?i)^step( \d+(?:/\d+)? ?:.*)'
# The text of a build with BuildKit: its first line, any line of a step, and what is above and below the name
# and the last lines of a step that failed.
_FIRST_OF_BUILDKIT = u'#1 '
_LINE_OF_BUILDKIT = r'^#\d+ '
_RULE = u'------'
_FAILED = u' > '
_LOADED = r'^Loaded image(?: ID|\(s\))?: *(.*)'
_DIGEST = r'^(?:.*\b)?[Dd]igest: (\w+:[0-9a-f]{32,})'
_ID = r'^(?:sha256:)?[0-9a-f]{12,64}$'
# How much of the end of a build's output is searched for its outcome.
_TAIL_SIZE = 4096
# Seconds between two samples of a speed, and how many there are.
_SAMPLE_SECONDS = 0.5
_SAMPLES = 10
# An engine reports the first bytes late: they have come since the status before, if that was so recent.
_START_SECONDS = 1


def without_controls(text):
    """Return text of one line without what a terminal would obey, except tabs.

    :param text: text, unicode on Python 2.7.
    """
    if not _PATTERNS:
        _PATTERNS.extend(re.compile(pattern) for pattern in (_ESCAPES, _CONTROLS))
    escapes, controls = _PATTERNS
    if controls.search(text):
        text = controls.sub(u'', escapes.sub(u'', text))
    return text


def size_text(size):
    """Return a number of bytes as the docker command shows it: ``3.146MB``."""
    return u'{0:.4g}{1}'.format(*scaled_size(size))


def _visible_of(line):
    """Return what is left to be seen of a line: the text after the last carriage return."""
    return without_controls(line.rstrip(u'\r').rpartition(u'\r')[2])


class Row(object):
    """One part of an operation, such as a layer.

    label, status and note are text; current and total (bytes, or what `units` says) are None if they are not
    known.
    """

    __slots__ = ('label', 'status', 'current', 'total', 'units', 'note', '_begun', '_before', '_samples')

    def __init__(self, label=u''):
        self.label = label
        self.status = self.units = self.note = u''
        self.current = self.total = None
        self._begun = self._before = self._samples = None

    @property
    def is_moving(self):
        return self.current is not None

    def begin(self, status, now=None):
        """Set another status: what is measured begins again.

        :param now: the time in seconds, None if that does not matter.
        """
        self.status = status
        self._before, self._begun = self._begun, now
        self.current = self.total = None
        self.units = self.note = u''
        self._samples = None

    def move(self, detail, clock):
        """Take a dict with current, and perhaps total and units."""
        self.current, self.total = _not_negative(detail['current']), _not_negative(detail.get('total'))
        self.note = u''
        if 'units' in detail:
            self.units = without_controls(as_text(detail['units'] or u''))
        if self._samples is None and self.current is not None:
            now = clock()
            if self._before is not None and 0 <= now - self._before <= _START_SECONDS:
                self._samples = collections.deque([(self._before, 0)], _SAMPLES)
            self.sample(now)

    def sample(self, now):
        """Remember how far it is at a time, in seconds, so that `speed` is known."""
        if self.current is None or self.units:
            return
        samples = self._samples
        if samples is None or self.current < samples[-1][1] or now < samples[-1][0]:
            self._samples = collections.deque([(now, self.current)], _SAMPLES)
        elif now - samples[-1][0] >= _SAMPLE_SECONDS:
            samples.append((now, self.current))

    def speed(self, now):
        """Return its bytes per second in the last seconds, None if that is not known yet."""
        if not self._samples or self.current is None:
            return None
        since, begin = self._samples[0]
        return (self.current - begin) / (now - since) if now > since and self.current > begin else None


class TransferRows(object):
    """The one row of an archive that is read."""

    partial = u''
    urgent = False

    def __init__(self, label, total):
        self.row = Row(without_controls(label.replace(u'\n', u' ')))
        self.row.total = total
        self.row.current = 0
        self.live = [self.row]
        self.events = [(STATUS, self.row.label)]

    def end(self, speed):
        """Take note that nothing more is read.

        :param speed: bytes per second, None if that is not known.
        """
        if self.live:
            summary = size_text(self.row.current) + (u', {0}/s'.format(size_text(speed)) if speed else u'')
            self.row.begin(u'')
            self.row.note = summary
            self.events.extend([(STATUS, u'{0}: {1}'.format(self.row.label, summary)), (ROWS, self.live)])
            self.live = []


class OperationRows(object):
    """The rows of pull, push, build, import, load and the like.

    :param clock: a function that returns seconds.
    """

    def __init__(self, clock=monotonic):
        self.live = []
        self.events = []
        self.urgent = False
        self.failure = None
        self._clock = clock
        self._rows = {}
        self._pending = u''
        self._is_json = None
        self._is_build = None
        self._step = u''
        self._is_buildkit = None
        self._line_before = u''
        self._tail = u''
        self._written = 0
        self._id = self._digest = self._status = None
        self._loaded = []

    @property
    def partial(self):
        """The line of output that is not complete yet, as text."""
        return _visible_of(self._pending)

    def add(self, item):
        """Take an item, a dict or text; `failure` is the error that it reports, as text.

        :raises TypeError: for anything else.
        """
        if not isinstance(item, dict):
            text = _text_of_item(item)
            item = self._object_in(text)
            if item is None:
                self._add_output(text)
                return
        self.add_object(item)

    def add_object(self, item):
        """Take a dict."""
        output = item.get('stream')
        if output:
            self._add_output(as_text(output))
        if item.get('status') is not None:
            self._add_status(item, as_text(item['status']))
        if isinstance(item.get('aux'), dict):
            self._add_aux(item['aux'])
        if 'error' in item or 'errorDetail' in item:
            self.failure = _error_of(item) or self.failure

    def end(self):
        """Take note that no item follows: rows and a line that is not complete stay as they are."""
        self._end_block()
        if self.partial:
            self._add_line(self.partial)
        self._pending = u''

    def _object_in(self, text):
        """Return the dict in a text; None where the items are no JSON, but the output of a build.

        The first item shows which: a command of a build may print JSON as well.
        """
        if self._is_json is None and text.strip():
            self._is_json = text.lstrip()[0] == u'{'
        if not self._is_json:
            return None
        try:
            value = parse_json(text)
        except (ValueError, RuntimeError):
            return None
        return value if isinstance(value, dict) else None

    # Rows

    def _add_status(self, item, status):
        key = as_text(item.get('id') or u'')
        row = self._rows.get(key)
        detail = item.get('progressDetail')
        if row is None and detail is None and not item.get('progress'):
            self._add_status_line(item, status)
            return
        if row is None:
            row = self._rows[key] = Row(without_controls(key))
            self.live.append(row)
        if row.status != status:
            status = without_controls(status.replace(u'\n', u' '))
            if row.status != status:
                row.begin(status, self._clock())
                self._note_outcome(status)
                self.events.append((STATUS, head_of(row)))
        if isinstance(detail, dict) and 'current' in detail:
            row.move(detail, self._clock)
        elif row.current is None and item.get('progress'):
            row.note = without_controls(as_text(item['progress']))

    def _add_status_line(self, item, status):
        self._note_outcome(status)
        line = _labelled(as_text(item.get('id') or u''), status)
        if item.get('from'):
            line = u'{0} (from {1})'.format(line, as_text(item['from']))
        self._add_lines(line + u'\n')

    def _end_block(self):
        """Leave the rows as they are: what follows comes below them."""
        if self.live:
            self.events.append((ROWS, self.live))
            self.live, self._rows = [], {}

    # Lines

    def _add_output(self, text):
        """Take some output of a build, or a line of a load."""
        if self._is_build is None and text.strip():
            self._is_build = re.match(_LOADED, text.strip()) is None
        self._written += len(text)
        self._tail = (self._tail + text)[-_TAIL_SIZE:]
        self._add_lines(text)

    def _add_lines(self, text):
        complete, newline, rest = text.rpartition(u'\n')
        if not newline:
            self._pending += text
            return
        for line in (self._pending + complete).split(u'\n'):
            line = _visible_of(line)
            if self._is_build:
                self._note_step(line)
            elif self._is_build is False and re.match(_LOADED, line):
                self._loaded.extend(re.match(_LOADED, line).group(1).replace(u',', u' ').split())
            self._add_line(line)
        self._pending = rest

    def _note_step(self, line):
        """Take note of the step that runs; of a build with BuildKit of the one that failed."""
        if self._is_buildkit is None:
            self._is_buildkit = line.startswith((_FIRST_OF_BUILDKIT, _RULE))
        step = None if self._is_buildkit else re.match(_STEP, line)
        if step:
            self._step = step.group(1).rstrip()
        elif self._line_before == _RULE and line.startswith(_FAILED) and not self._step:
            self._step = line[len(_FAILED) - 1:-1]
        self._line_before = line

    def _add_line(self, line):
        self._end_block()
        self.events.append((LINE, line))
        self.urgent = True

    # The outcome

    def _note_outcome(self, status):
        self._status = without_controls(status)
        digest = re.match(_DIGEST, status)
        if digest:
            self._digest = digest.group(1)
        elif re.match(_ID, status):
            self._id = status

    def _add_aux(self, aux):
        if aux.get('ID'):
            self._id = as_text(aux['ID'])
        elif aux.get('Digest'):
            self._digest = as_text(aux['Digest'])

    @property
    def result(self):
        """What came out of it: see `docker.progress.show`."""
        if self._is_build:
            return image_id_in(self._tail, self._written == len(self._tail)) or self._id
        if self._loaded:
            return self._loaded
        return self._id or self._digest or self._status

    def error(self):
        """Return the exception for an operation that failed, None for one that did not."""
        failure = self.failure
        if failure is None and self._is_build and not self.result:
            failure = self._failure_in_output()
        if failure is None:
            return None
        error = OperationFailed.explained(failure)
        if not self._is_build:
            return error
        where = u' in step' + self._step if self._step else u''
        return type(error)(u'The build failed{0}'.format(where), explanation=failure)

    def _failure_in_output(self):
        """Return the error at the end of the output of a build without an image; None when there is none."""
        lines = [without_controls(line) for line in self._tail.split(u'\n') if line.strip()]
        if not self._is_buildkit:
            return lines[-1] if lines else u'it reported no image'
        if _RULE in lines:
            return u'\n'.join(lines[len(lines) - lines[::-1].index(_RULE):])
        # A line of a step is no error: it exports something else than an image.
        return None if re.match(_LINE_OF_BUILDKIT, lines[-1]) else lines[-1]


def head_of(row):
    """Return the label and the status of a row, as text."""
    return _labelled(row.label, row.status)


def _labelled(label, status):
    # The id of an image that is imported is its status too, with Podman.
    return u'{0}: {1}'.format(label, status) if label and status and label != status else label or status


def _text_of_item(item):
    if isinstance(item, six.text_type):
        return item
    if isinstance(item, bytes) and six.PY2:
        return item.decode('utf-8', 'replace')
    hint = ': docker.progress.reading takes bytes' if isinstance(item, (bytes, bytearray)) else ''
    raise TypeError('stream takes an iterator of text or dicts, as pull(stream=True) returns it, not one of '
                    '{0}{1}'.format(type(item).__name__, hint))


def as_text(value):
    if isinstance(value, bytes):
        return value.decode('utf-8', 'replace')
    return value if isinstance(value, six.text_type) else six.text_type(value)


def _not_negative(value):
    is_number = isinstance(value, six.integer_types + (float,)) and not isinstance(value, bool)
    return value if is_number and value >= 0 else None


def _error_of(item):
    detail = item.get('errorDetail')
    error = item.get('error') or (detail.get('message') if isinstance(detail, dict) else None)
    return as_text(error).strip() if error else None
