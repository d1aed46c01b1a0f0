"""What a build with BuildKit reports: objects as the engine streams them in, dicts and plain text out.

The engine streams the trace of BuildKit (each a StatusResponse, as protocol buffers in base64), the id of the
image, which may come before the end of the trace, and the error. No sockets here, and no session.
"""

import binascii
import codecs
import datetime
import re
import sys

import six

from docker.buildkit.messages import STATUS_RESPONSE
from docker.buildkit.plain_text import PlainText
from docker.buildkit.protobuf import InvalidMessage, decode
from docker.compat import monotonic, to_native_string
from docker.errors import StreamBroken
from docker.validation import is_text

_TRACE = 'moby.buildkit.trace'
_BASE64 = r'[A-Za-z0-9+/]*={0,2}\Z'
_ID_ON_A_LINE = r'(?:sha256:)?[0-9a-f]{12,64}\s*\Z'
_EPOCH = datetime.datetime(1970, 1, 1)
# The seconds of the years 1 to 9999.
_FIRST_SECOND, _LAST_SECOND = -62135596800, 253402300799
_SECOND = 10 ** 9
_TIMES = ('started', 'completed', 'timestamp')
# What is in a dict even if it is empty or 0; all else only if it is set.
_ALWAYS = frozenset(['digest', 'name', 'id', 'vertex', 'current', 'total', 'stream', 'data', 'short'])
# How many lines of a step that failed are shown below its name: again, or, in a quiet build, at all.
_LAST_LINES, _LAST_LINES_QUIET = 10, 100


def build_items(items, quiet=False, clock=monotonic):
    """Yield what a build with BuildKit reports, as dicts.

    :param items: the dicts that the engine streams to `POST /build?version=2`.
    :param quiet: True for no text but the id of the image, or of the step that failed.
    :param clock: a function that returns seconds, by which the text goes from one step to another that runs
        at the same time.
    :returns: a generator of dicts with those of these keys that are not empty. `vertexes` (digest, inputs,
        name, started, completed, cached, error), `statuses` (id, vertex, name, current, total, timestamp,
        started, completed), `logs` (vertex, stream, data, timestamp) and `warnings` (vertex, level, short,
        detail, url, info, ranges) are lists of dicts, as BuildKit names their keys; of those that it has not
        set, only digest, name, id, vertex, current, total, stream, data and short are there. Times are text,
        ``'2026-11-26T20:51:33.000000001Z'``. `stream` is the text that is added to the output. In the end
        come `aux` with the ID of the image, and its text; or the text of the failed step, and error and
        errorDetail, as they came, or error with the message of errorDetail.
    :raises docker.errors.StreamBroken: for an item that is none of these. What was reported before is yielded
        first.
    """
    report, items = _Report(quiet, clock), iter(items)
    broken = None
    while broken is None:
        try:
            shown = report.add(next(items))
        except StopIteration:
            break
        except Exception:
            broken = sys.exc_info()
        else:
            if shown:
                yield shown
    try:
        for shown in report.ending(is_whole=broken is None):
            yield shown
        if broken is not None:
            six.reraise(*broken)
    finally:
        # It holds this frame.
        del broken


class _Report(object):
    """What is known of a build.

    :param quiet: as `build_items` takes it.
    :param clock: likewise.
    """

    def __init__(self, quiet, clock):
        self._quiet = quiet
        self._text = PlainText(clock, _LAST_LINES_QUIET if quiet else _LAST_LINES)
        # By the digest of a vertex and the number of a stream: with the time of what was decoded last.
        self._decoders = {}
        self._image_id = None
        self._failure = None

    def add(self, item):
        """Return an item of the engine as a dict for the caller, empty for what belongs at the end."""
        if not isinstance(item, dict):
            raise StreamBroken('Expected a JSON object of a build, got: {0!r:.200}'.format(item))
        if item.get('id') == _TRACE:
            message = _decode_trace(item.get('aux'))
            self._decode_logs(message)
            return self._shown(message, self._text.add(message))
        if item.get('error') or item.get('errorDetail'):
            self._failure = self._failure or item
            return {}
        if item.get('id') == 'moby.image.id' or isinstance(item.get('aux'), dict) and 'ID' in item['aux']:
            self._image_id = _image_id_of(item) or self._image_id
            return {}
        return self._other(item)

    def _other(self, item):
        """Return an item that is not BuildKit's: text of the engine itself, or what this does not know."""
        if item.get('stream') is None:
            return item
        if not is_text(item['stream']):
            raise StreamBroken('Expected text of a build, got: {0!r:.200}'.format(item['stream']))
        text = six.ensure_text(item['stream'], 'utf-8', 'replace')
        others = {key: value for key, value in item.items() if key != 'stream'}
        if not self._quiet:
            return dict(others, stream=self._text.add_other(text))
        if re.match(_ID_ON_A_LINE, text):
            # All that an engine sends of a build that it was to do quietly, and that succeeds.
            self._image_id = text.strip()
        return others

    def ending(self, is_whole):
        """Yield what is left to be shown, and the outcome: an error, an image, or nothing.

        :param is_whole: False when the stream broke: the outcome is not known then, but for an error.
        """
        logs = [log for vertex in list(self._decoders) for log in self._last_logs(vertex)]
        shown = self._shown({'logs': logs}, self._text.end({'logs': logs}))
        if shown:
            yield shown
        if self._failure is not None:
            message = _message_of(self._failure)
            # Engines deprecate `error` in favour of errorDetail.
            # Apart from the text, as the classic builder has it: many programs look for `error` only in what
            # has no `stream`.
            yield {'stream': self._text.failure(message)}
            yield dict({'error': message}, **self._failure)
        elif self._image_id and is_whole:
            yield {'aux': {'ID': self._image_id}}
            digits = self._image_id.rpartition(u':')[2]
            yield {'stream': self._image_id + u'\n' if self._quiet else
                   u'Successfully built {0}\n'.format(digits[:12])}

    def _shown(self, message, text):
        shown = {key: [_for_json(entry) for entry in entries] for key, entries in message.items() if entries}
        if text and not self._quiet:
            shown['stream'] = text
        return shown

    def _decode_logs(self, message):
        """Replace the bytes of the logs by text. What cannot be decoded yet waits for the next log of its
        stream, or the end of its step."""
        logs = []
        for log in message['logs']:
            decoders = self._decoders.setdefault(log['vertex'], {})
            stream = log['stream']
            decoder = decoders[stream][0] if stream in decoders else (
                codecs.getincrementaldecoder('utf-8')('replace'))
            decoders[stream] = decoder, log['timestamp']
            log['data'] = decoder.decode(log['data'])
            if log['data']:
                logs.append(log)
        for vertex in message['vertexes']:
            if vertex['completed'] is not None:
                logs.extend(self._last_logs(vertex['digest']))
        message['logs'] = logs

    def _last_logs(self, vertex):
        """Return what is left of characters that were cut, as logs."""
        rest = [(stream, decoder.decode(b'', True), time)
                for stream, (decoder, time) in self._decoders.pop(vertex, {}).items()]
        return [{'vertex': vertex, 'stream': stream, 'data': text, 'timestamp': time}
                for stream, text, time in sorted(rest) if text]


def _decode_trace(text):
    """Return a StatusResponse as a dict of lists, whose times are nanoseconds.

    :raises StreamBroken: when it is none.
    """
    if not is_text(text) or len(text) % 4 or re.match(_BASE64, text) is None:
        raise StreamBroken('Expected a trace of BuildKit in base64, got: {0!r:.200}'.format(text))
    try:
        message = decode(binascii.a2b_base64(text.encode('ascii')), STATUS_RESPONSE)
    except (binascii.Error, InvalidMessage) as error:
        broken = StreamBroken('Expected a trace of BuildKit, got something else: {0}'.format(error))
        six.raise_from(broken, None)
    for entries in message.values():
        for entry in entries:
            for key in _TIMES:
                if entry.get(key) is not None:
                    entry[key] = _nanoseconds(entry[key])
    for warning in message['warnings']:
        _decode_warning(warning)
    return message


def _nanoseconds(time):
    seconds, nanos = time['seconds'], time['nanos']
    if not (_FIRST_SECOND <= seconds <= _LAST_SECOND and 0 <= nanos < _SECOND):
        raise StreamBroken('Expected a time in a trace of BuildKit, got {0} seconds and {1} '
                           'nanoseconds.'.format(seconds, nanos))
    return seconds * _SECOND + nanos


def _decode_warning(warning):
    """Replace the bytes of a warning by text."""
    warning['short'] = warning['short'].decode('utf-8', 'replace')
    warning['detail'] = [line.decode('utf-8', 'replace') for line in warning['detail']]
    if warning['info'] is not None:
        warning['info']['data'] = warning['info']['data'].decode('utf-8', 'replace')


def _for_json(entry):
    """Return what is set of a vertex, a status, a log or a warning, with times as text."""
    return {key: _time_text(value) if key in _TIMES else value for key, value in entry.items()
            if key in _ALWAYS or value is not None and value != 0 and value != [] and value != u''}


def _time_text(nanoseconds):
    """Return a time as RFC 3339 has it."""
    seconds, nanos = divmod(nanoseconds, _SECOND)
    return u'{0}.{1:09d}Z'.format((_EPOCH + datetime.timedelta(seconds=seconds)).isoformat(), nanos)


def _image_id_of(item):
    aux = item.get('aux')
    image_id = aux.get('ID') if isinstance(aux, dict) else None
    if not is_text(image_id):
        raise StreamBroken('Expected the id of an image, got: {0!r:.200}'.format(aux))
    return six.ensure_text(image_id, 'utf-8', 'replace')


def _message_of(item):
    """Return the message of an error, as text."""
    detail = item.get('errorDetail')
    message = item.get('error') or (detail.get('message') if isinstance(detail, dict) else None) or detail
    message = message if is_text(message) else to_native_string(message)
    return six.ensure_text(message, 'utf-8', 'replace').strip()
