"""The trace of a build as text, which reads like `docker build --progress=plain`.

Each step has a number, in the order in which they appear, and a header; its lines follow. Steps that run at
the same time take turns: while lines of one come, those of the others wait. The header of a step is repeated
when the text returns to it. What a step has not shown by its end is shown then, and a step that is complete
does not wait for another one that runs.
"""

import collections

import six

from docker.units import scaled_size

_SECOND = 1e9
# How long, in seconds, a step that runs keeps its turn: as long as lines come, and while none come.
_TURN, _SILENCE = 5, 1
# Seconds between two lines of how far a status is.
_STATUS_INTERVAL = 5
_CANCELED = u'context canceled'
# What a source reports when it has only been looked up: it may be reported again, as cached.
_NO_TIME = u'DONE 0.0s'
_DONE, _CACHED = u'DONE', u'CACHED'
# How many characters of a line that does not end are held; what there is is shown as a line then. An engine's
# own limit, for all that a step writes, is half of it.
_MAX_HELD = 4 * 1024 * 1024


class PlainText(object):
    """The text of a build.

    :param clock: a function that returns seconds.
    :param last_lines: how many lines of a step that failed are shown at the end.
    """

    def __init__(self, clock, last_lines):
        self._clock = clock
        self._last_lines = last_lines
        self._steps = collections.OrderedDict()
        self._failed = collections.OrderedDict()
        # Steps with something to show, by digest: those that are complete, and those that run.
        self._complete = collections.OrderedDict()
        self._waiting = collections.OrderedDict()
        # The step whose lines may follow without a header; when its turn began, and its last line came.
        self._current = None
        self._turn_began = self._last_written = 0
        self._count = 0
        self._written = []
        self._begins_line = True
        self._is_empty = True

    def add(self, message):
        """Return the text that a message adds.

        :param message: a StatusResponse as a dict, whose times are nanoseconds, and whose logs are text.
        """
        vertexes = message['vertexes']
        if self._complete and set(self._complete) - {vertex['digest'] for vertex in vertexes}:
            self._write_complete()
        now = self._clock()
        for vertex in vertexes:
            self._begin(vertex)
        self._add_entries(message, now)
        for vertex in vertexes:
            # One that is complete may begin again in the same message.
            (self._begin if vertex['completed'] is None else self._end)(vertex)
        self._take_turns(now)
        return self._taken()

    def add_other(self, text):
        """Return a text that is no step's, on lines of its own.

        :param text: text, which may end within a line; the next text that is no step's continues it.
        """
        self._write_complete()
        if text:
            if self._current is not None:
                self._leave()
            self._written.append(text)
            self._begins_line = text.endswith(u'\n')
            self._is_empty = False
        return self._taken()

    def end(self, message):
        """Return the text that is left when no message follows.

        :param message: as `add` takes it, with logs alone.
        """
        self._add_entries(message, 0)
        for step in self._steps.values():
            step.flush()
            if step.has_lines:
                self._note(step)
        if self._current is not None and self._current.has_lines:
            self._write(self._current)
        self._write_complete()
        while self._waiting:
            self._write(next(six.itervalues(self._waiting)))
        if not self._begins_line:
            self._leave()
        return self._taken()

    def failure(self, message):
        """Return the text of a failure: the steps that failed, with their last lines, and the error.

        :param message: the error, as text.
        """
        failed = [step for step in self._failed.values() if step.error in message]
        for step in failed or self._failed.values():
            self._written.append(u'------\n > {0}:\n'.format(step.name))
            self._written.extend(line + u'\n' for line in step.last_lines)
            self._written.append(u'------\n')
        if message:
            self._written.append(message + u'\n')
        return self._taken()

    # What is reported

    def _step(self, digest):
        step = self._steps.get(digest)
        if step is None:
            step = self._steps[digest] = _Step(digest, self._last_lines)
        return step

    def _begin(self, vertex):
        step = self._step(vertex['digest'])
        if step.number is None or step.name == step.digest:
            # Stages with the same base image share its vertex, each with another name.
            step.name = u' '.join(vertex['name'].split(u'\n')) or step.name
        if vertex['started'] is None:
            return
        step.started = vertex['started']
        if vertex['completed'] is None and not step.runs:
            step.runs, step.verdict = True, None
            self._complete.pop(step.digest, None)
            if step.number is None or step.has_lines:
                self._waiting[step.digest] = step

    def _end(self, vertex):
        step = self._steps[vertex['digest']]
        step.runs = False
        step.flush()
        step.end(vertex)
        self._failed.pop(step.digest, None)
        if step.has_failed:
            self._failed[step.digest] = step
        if step.has_lines or step.verdict is not None:
            self._note(step)

    def _add_entries(self, message, now):
        for status in message.get('statuses', ()):
            step = self._step(status['vertex'])
            step.add_status(status, now)
            self._note(step)
        for log in message['logs']:
            step = self._step(log['vertex'])
            step.add_log(log)
            self._note(step)
        for warning in message.get('warnings', ()):
            step = self._step(warning['vertex'])
            step.add_lines([u'WARN: ' + line for line in _lines_of_warning(warning)])
            self._note(step)

    def _note(self, step):
        """Take note of a step that may have something to show."""
        if step.runs is None:
            # It is known by its output alone.
            step.runs = True
        if not step.runs:
            self._waiting.pop(step.digest, None)
            if step.has_lines or step.verdict is not None:
                self._complete[step.digest] = step
        elif step is not self._current and step.has_lines:
            self._waiting.setdefault(step.digest, step)

    # What is written

    def _take_turns(self, now):
        """Write what does not have to wait."""
        current = self._current
        is_current = current is not None and current.runs
        if is_current and current.has_lines:
            self._write(current)
            self._last_written = now
        if self._waiting or any(not step.may_be_repeated for step in self._complete.values()):
            self._write_complete()
        if self._waiting and (
                self._current is None or not self._current.runs or not
                0 <= now - self._turn_began < _TURN or not 0 <= now - self._last_written < _SILENCE):
            self._write(next(six.itervalues(self._waiting)))
            self._turn_began = self._last_written = now

    def _write_complete(self):
        if self._current is not None and self._current.digest in self._complete:
            self._write(self._current)
        while self._complete:
            self._write(next(six.itervalues(self._complete)))

    def _write(self, step):
        """Write what a step has to show."""
        self._waiting.pop(step.digest, None)
        self._complete.pop(step.digest, None)
        if self._current is not step:
            self._leave()
            if not self._is_empty:
                self._written.append(u'\n')
            if step.number is None:
                self._count += 1
                step.number = self._count
            self._written.append(u'#{0} {1}\n'.format(step.number, step.name))
            self._current, self._is_empty = step, False
        self._written.extend(step.take_text())
        if not step.runs:
            self._current = None

    def _leave(self):
        """End the lines of the current step, and one that is no step's."""
        if self._current is not None and self._current.runs:
            self._written.append(u'#{0} ...\n'.format(self._current.number))
        elif not self._begins_line:
            self._written.append(u'\n')
        self._current, self._begins_line = None, True

    def _taken(self):
        text = u''.join(self._written)
        self._written = []
        return text


class _Step(object):
    """A vertex of the build, and what it has to show.

    `runs` is whether it has begun and is not complete; `verdict` how it ended, None if that is shown.
    """

    def __init__(self, digest, last_lines):
        self.digest = digest
        self.name = digest
        self.number = None
        self.started = None
        # None until it is known.
        self.runs = None
        self.error = u''
        self.verdict = None
        self.last_lines = collections.deque(maxlen=last_lines)
        self._lines = []
        self._shown_verdict = None
        self._has_shown_more = False
        # The nanoseconds of the times that it ran, but the last; of that one its start, and how many.
        self._spent, self._last_run = 0, (None, 0)
        self._output = {}
        self._statuses = {}
        self._late_statuses = collections.OrderedDict()

    @property
    def has_lines(self):
        return bool(self._lines)

    @property
    def has_failed(self):
        return bool(self.error) and not self.error.endswith(_CANCELED)

    @property
    def may_be_repeated(self):
        return self.verdict == _NO_TIME and not self._lines

    def add_lines(self, lines):
        self._lines.extend(lines)
        self._has_shown_more = True

    def add_log(self, log):
        output = self._output.get(log['stream'])
        if output is None:
            output = self._output[log['stream']] = _Output()
        for time, lines in output.split(log['data'], log['timestamp']):
            self._add_output(time, lines)

    def _add_output(self, time, lines):
        started = self.started
        since = 0 if time is None or started is None else max(time - started, 0) / _SECOND
        prefix = _seconds_text(since) + u' '
        lines = [prefix + line for line in lines]
        self.last_lines.extend(lines)
        self.add_lines(lines)

    def add_status(self, status, now):
        """Show a status when it begins and when it ends, and how far it is now and then."""
        key, line = status['id'] or status['name'], _line_of_status(status)
        shown, shown_at = self._statuses.get(key, (None, now))
        if line == shown:
            self._late_statuses.pop(key, None)
        elif shown is None or status['completed'] is not None or not (
                0 <= now - shown_at < _STATUS_INTERVAL):
            self._late_statuses.pop(key, None)
            self._statuses[key] = line, now
            self.add_lines([line])
        else:
            self._late_statuses[key] = line

    def flush(self):
        """Show what was held back: lines that are not complete, and how far statuses are."""
        for _, output in sorted(self._output.items()):
            for time, line in output.rest():
                self._add_output(time, [line])
        if self._late_statuses:
            self.add_lines(self._late_statuses.values())
            self._late_statuses.clear()

    def end(self, vertex):
        """Take how it ended. It may end again: what is new then is shown."""
        self.error = vertex['error']
        started = vertex['started'] if vertex['started'] is not None else vertex['completed']
        if started != self._last_run[0]:
            self._spent += self._last_run[1]
        self._last_run = started, max(vertex['completed'] - started, 0)
        if self.error:
            verdict = u'ERROR: ' + self.error if self.has_failed else u'CANCELED'
        elif vertex['cached']:
            verdict = _CACHED
        else:
            verdict = u'{0} {1:.1f}s'.format(_DONE, (self._spent + self._last_run[1]) / _SECOND)
        shown = self._shown_verdict
        is_known = verdict == shown or verdict.startswith(_DONE) and shown is not None and shown.startswith(
            (_DONE, _CACHED))
        self.verdict = None if is_known and not self._has_shown_more else verdict

    def take_text(self):
        """Return what there is to show, as a list of texts."""
        lines, self._lines = self._lines, []
        if self.verdict is not None and not self.runs:
            lines.append(self.verdict)
            self._shown_verdict, self.verdict, self._has_shown_more = self.verdict, None, False
        prefix = u'#{0} '.format(self.number)
        return [prefix, (u'\n' + prefix).join(lines), u'\n'] if lines else []


class _Output(object):
    """The output of a step as lines. What a carriage return would overwrite is a line as well.

    However the text is cut, the lines are the same, with the time of their first character.
    """

    def __init__(self):
        self._pieces = []
        self._held = 0
        self._time = None
        # Whether a carriage return has ended what was on the line.
        self._has_returned = False

    def split(self, text, time):
        """Yield the lines that end in a text: a time, and lists of lines."""
        rows = text.split(u'\n')
        if len(rows) > 1:
            for part in self._end_row(rows[0], time):
                yield part
            complete = rows[1:-1]
            if u'\r' in text:
                complete = [line for row in complete for line in _overwritten_lines(row) or [u'']]
            if complete:
                yield time, complete
        for part in self._add(rows[-1], time):
            yield part

    def rest(self):
        """Yield the line that is not complete, with its time."""
        if self._pieces:
            yield self._time, self._take()
        self._has_returned = False

    def _end_row(self, row, time):
        for part in self._add(row, time):
            yield part
        if self._pieces or not self._has_returned:
            yield self._time if self._pieces else time, [self._take()]
        self._has_returned = False

    def _add(self, row, time):
        """Take a text without a line feed."""
        if u'\r' in row:
            head, _, row = row.partition(u'\r')
            middle, _, row = row.rpartition(u'\r')
            began, head = self._time if self._pieces else time, self._take() + head
            for time_of, lines in ((began, [head] if head else []), (time, _overwritten_lines(middle))):
                if lines:
                    self._has_returned = True
                    yield time_of, lines
        if row:
            if not self._pieces:
                self._time = time
            self._pieces.append(row)
            self._held += len(row)
            if self._held > _MAX_HELD:
                # The line feed that comes at last ends nothing then.
                self._has_returned = True
                yield self._time, [self._take()]

    def _take(self):
        text = u''.join(self._pieces)
        self._pieces, self._held = [], 0
        return text


def _overwritten_lines(row):
    return [line for line in row.split(u'\r') if line]


def _seconds_text(seconds):
    """Return seconds with as many decimals as there is room for: ``0.225``, ``10.45``, ``1012``."""
    text = u'{0:.3f}'.format(seconds)
    return text[:max(5, text.index(u'.'))].rstrip(u'.')


def _line_of_status(status):
    """Return a status as a line: ``sha256:... 1.20MB / 3.00MB 0.5s``."""
    line = u' '.join((status['id'] or status['name']).split(u'\n'))
    if status['total']:
        line += u' {0} / {1}'.format(_size_text(status['current']), _size_text(status['total']))
    elif status['current']:
        line += u' ' + _size_text(status['current'])
    until = status['completed'] if status['completed'] is not None else status['timestamp']
    if status['started'] is not None and until is not None:
        seconds = (until - status['started']) / _SECOND
        # The docker command shows no shorter ones.
        if seconds > 0.01:
            line += u' {0:.1f}s'.format(seconds)
    return line + (u' done' if status['completed'] is not None else u'')


def _size_text(size):
    return u'{0}B'.format(size) if size < 1000 else u'{0:.2f}{1}'.format(*scaled_size(size))


def _lines_of_warning(warning):
    """Return a warning as lines. Where to read about it is in its dict, as the docker command has it."""
    return (warning['short'] or u'\n'.join(warning['detail']) or u'a warning without a text').split(u'\n')
