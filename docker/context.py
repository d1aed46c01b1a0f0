"""A build context: a folder as a tar that is produced while it is sent, and its `.dockerignore`.

A context may be larger than the memory and the disk, so nothing is gathered first: `folder` walks,
packs and reads as its blocks are asked for, and holds one block and the names of the folders on
the way down. Arguments are checked when it is called, before anything is sent.

What is left out is what `docker build` leaves out before it posts to `/build`, oddities included,
for people's files were written against it: https://docs.docker.com/build/concepts/context/ tells
the rules. Owners are left out too, so that a context is the same whoever sends it.
"""

import codecs
import contextlib
import errno
import os
import posixpath
import re
import stat
import struct

import six

from docker.stream import BLOCK

END = b'\0' * 1024

# A file that became a link or a FIFO since it was listed must neither be followed nor waited for.
_OPEN = os.O_RDONLY
for _flag in ('O_NOFOLLOW', 'O_NONBLOCK', 'O_CLOEXEC', 'O_BINARY'):
    _OPEN |= getattr(os, _flag, 0)

# Sockets are not among them: a tar has no way to tell of one.
_TYPES = {stat.S_IFREG: b'0', stat.S_IFLNK: b'2', stat.S_IFCHR: b'3', stat.S_IFBLK: b'4',
          stat.S_IFDIR: b'5', stat.S_IFIFO: b'6'}
# Name, mode, user, group, size, time, checksum, type, link, magic, device; owners have no names.
_HEADER = struct.Struct('100s8s8s8s12s12s8sc100s8s64x8s8s167x')
_OCTAL_END = 8 ** 11

if six.PY2:
    def _escape(error):
        wrong = bytearray(error.object[error.start:error.end])
        return u''.join(six.unichr(0xdc00 + byte) for byte in wrong), error.end

    codecs.register_error('surrogateescape', _escape)


def folder(path, dockerfile='Dockerfile'):
    """Packs a folder, less what its `.dockerignore` excludes, as a tar.

    path: the folder, a str. `dockerfile`: where in it the Dockerfile is, a relative path with
    slashes; it and `.dockerignore` are packed even when they are excluded.

    Folders, links (as links), FIFOs and devices are entries too, the folder itself and sockets are
    not. Hard links are packed as files of their own. Entries are sorted; modes and whole seconds
    of modification times are kept, times before 1970 are 1970; every owner is 0.

    Returns a generator of blocks of bytes; closing it half way closes the file that it reads.
    Raises TypeError or ValueError, at once, for a path that is no folder or has no Dockerfile and
    for a `.dockerignore` with a bad pattern. The generator raises OSError (IOError on Python 2.7),
    which names the file, for what cannot be read and what vanishes or shrinks meanwhile.

        for block in folder('.'):
            connection.send(block)
    """
    if not isinstance(path, six.string_types):
        raise TypeError('path takes a str, the folder to build, not %r' % (path,))
    if not isinstance(dockerfile, six.string_types):
        raise TypeError('dockerfile takes a str, not %r' % (dockerfile,))
    # The file system's own bytes: names are sent as they are, in whatever encoding.
    root = os.path.abspath(_encoded(path))
    if not os.path.isdir(root):
        raise ValueError('path takes a folder: %s %s' % (
            _native(root), 'is not one' if os.path.lexists(root) else 'does not exist'))
    inside = posixpath.normpath(_encoded(dockerfile).replace(os.sep.encode('ascii'), b'/'))
    if not dockerfile or os.path.isabs(inside) or (inside + b'/').startswith(b'../'):
        raise ValueError('dockerfile takes a path inside the folder to build, not %r' % dockerfile)
    expected = os.path.join(root, inside)
    if not os.path.isfile(expected):
        raise ValueError('path takes a folder with a Dockerfile: there is no file %s'
                         % _native(expected))
    ignore_file = os.path.join(root, b'.dockerignore')
    ignore = Ignore(_lines(ignore_file), (_decoded(inside), u'.dockerignore'), _native(ignore_file))
    return _blocks(_pieces(root, ignore))


def single(dockerfile):
    """Packs a Dockerfile alone as a tar.

    dockerfile: a readable file-like object, binary or text, or what it holds: bytes or text (sent
    as UTF-8). It is read to its end and left open.

    Returns the tar, as bytes. Raises TypeError for anything else, ValueError when it is empty.
    """
    content = dockerfile.read() if hasattr(dockerfile, 'read') else dockerfile
    if isinstance(content, six.text_type):
        content = content.encode('utf-8')
    if not isinstance(content, bytes):
        raise TypeError('fileobj takes a readable file of a Dockerfile, its bytes or its text, '
                        'not %r' % (dockerfile,))
    if not content:
        raise ValueError('fileobj takes a Dockerfile: %r is empty, or at its end' % (dockerfile,))
    header = _header(b'Dockerfile', b'0', 0o644, len(content))
    return b''.join((header, content, _padding(len(content)), END))


class Ignore(object):
    """Says what the lines of a `.dockerignore` exclude; a later line wins over an earlier one.

    lines: text (or UTF-8 bytes), comments and blank lines among them. `always`: paths that are
    never excluded. `name`: the file's, for errors. Paths are relative, with slashes.
    Raises ValueError, with the line's number, for a bad pattern.

        Ignore(['*.log', '!keep.log']).matches('a.log')
    """

    def __init__(self, lines=(), always=(), name='.dockerignore'):
        self.always = frozenset(always)
        # The folders to walk even if excluded. Like `docker build`, this takes an exception by
        # its letters: `!a/*.py` has a/ walked, while `!*/a.py` brings nothing back from a/.
        self.needed = set()
        runs = []
        for number, line in enumerate(lines, 1):
            line = _decoded(line)
            if number == 1 and line.startswith(u'\ufeff'):
                line = line[1:]
            try:
                exception, pattern = _rule(line)
                expression = pattern and _expression(pattern)
            except (ValueError, OverflowError, re.error) as error:
                shown = line.strip().encode('utf-8') if six.PY2 else line.strip()
                raise ValueError('%s, line %d: %s is no pattern: %s' % (
                    name, number, shown, error))
            if not pattern:
                continue
            if exception:
                self.needed.update(_prefixes(pattern))
            # One regular expression for all lines up to one of the other kind.
            if not runs or runs[-1][0] != exception:
                runs.append((exception, []))
            runs[-1][1].append(expression)
        for path in self.always:
            self.needed.update(_prefixes(path))
        self._runs = [(exception, _compiled(u'|'.join(expressions)))
                      for exception, expressions in runs]
        self.outset = [False] * len(runs)

    def matches(self, path):
        """Says whether a path is excluded: by its own name or by a folder's that it is in."""
        hits = self.outset
        for part in _prefixes(_decoded(path)):
            excluded, hits = self.judge(part, hits)
        return excluded

    def judge(self, path, hits):
        """Says whether a path is excluded and which runs hit it; `hits` are its folder's.

        What hit a folder hits all below it. A run that could not change the verdict on a folder is
        not tried on it, so that it does not count below: `*/f` then `!d` leaves out d/f.
        """
        excluded, found = False, []
        for (exception, expression), hit in zip(self._runs, hits):
            hit = hit or (exception == excluded and expression.match(path) is not None)
            if hit:
                excluded = not exception
            found.append(hit)
        return excluded and path not in self.always, found


def _lines(path):
    try:
        with open(path, 'rb') as file:
            return file.read().split(b'\n')
    except EnvironmentError as error:
        if error.errno == errno.ENOENT:
            return ()
        raise _unreadable(path, error)


# What Go takes for white space and what Python does differ by the four information separators.
_SPACE = (u'\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008'
          u'\u2009\u200a\u2028\u2029\u202f\u205f\u3000')


def _rule(line):
    """A line as (is it an exception, the cleaned pattern or None).

    The client cleans a line and the matcher cleans what comes of it, so that `/ a` is `a` and
    `/!a` is an exception.
    """
    pattern = u'' if line.startswith(u'#') else line.strip(_SPACE)
    if not pattern:
        return False, None
    mark = u'!' if pattern.startswith(u'!') else u''
    pattern = pattern[len(mark):].strip(_SPACE)
    if pattern:
        pattern = _cleaned(pattern)
        if len(pattern) > 1 and pattern.startswith(u'/'):
            pattern = pattern[1:]
    pattern = (mark + pattern).strip(_SPACE)
    if not pattern:
        return False, None
    pattern = _cleaned(pattern)
    if pattern == u'!':
        raise ValueError('a pattern must follow the !')
    if pattern.startswith(u'!'):
        return True, pattern[1:]
    return False, pattern


def _cleaned(pattern):
    return posixpath.normpath(re.sub(u'^/+', u'/', pattern.replace(os.sep, u'/')))


_ELEMENT = r'\\.|\[(?:\^|(?!\^))(?:{0}(?:-{0})?)+\]|[^\\\[*]'.format(r'(?:\\.|[^-\]\\])')
_CHECKED = r'(?s)(?:[.?]?\*+|(?![.?]?\*))(?!\*)(?:{0})*(?:\*|\Z)'.format(_ELEMENT)
_TOKEN = r'(?s)\*\*/?|\\.|.'
_TO_GO = {u'**': u'(.*/)?', u'**/': u'(.*/)?', u'*': u'[^/]*', u'?': u'[^/]',
          u'.': u'\\.', u'+': u'\\+', u'(': u'\\(', u')': u'\\)', u'$': u'\\$'}
_GO_TOKEN = (r'(?s)(?P<escape>\\.)|(?P<opening>\[\^?)(?P<members>\]?(?:\\.|[^\]\\])*)\]|'
             r'(?P<repeat>\{[0-9]+(?:,[0-9]*)?\})|.')


def _expression(pattern):
    """A pattern as a regular expression of Python's, for the whole of a path.

    The matcher compares a pattern that is plain, or plain but for ** at one end, as text. It makes
    of any other a regular expression of Go's, token by token: brackets are not looked into, and
    `|`, `^` and `{2}` are left to mean what they mean to Go.
    """
    # The matcher checks by matching '.', and that goes no further than a * that leads nowhere.
    if not re.match(_CHECKED, pattern):
        raise ValueError('[ without its ], a range or a \\ without its end')
    tokens = re.findall(_TOKEN, pattern)
    opens, closes = tokens[0].startswith(u'**'), tokens[-1].startswith(u'**')
    plain = not any(token[0] in u'*?[]\\' for token in tokens[opens:len(tokens) - closes])
    # A name may hold a newline; none holds a NUL.
    if plain and opens and (len(tokens) == 1 or not closes):
        start = u'(?:[^\0]*/)?' if tokens[0] == u'**/' else u'[^\0]*'
        return start + re.escape(pattern[len(tokens[0]):])
    if plain and not opens:
        return re.escape(pattern[:-2]) + u'[^\0]*' if closes else re.escape(pattern)
    go = [_TO_GO.get(token, token) for token in tokens]
    if closes:
        go[-1] = u'.*'
    expression = u''.join(_from_go(found) for found in re.finditer(_GO_TOKEN, u''.join(go)))
    _compiled(expression)
    return expression


def _from_go(found):
    """A token of Go's expression as Python has it."""
    token, members = found.group(), found.group('members')
    if members is not None:
        if u'[:' in members and members.endswith(u':'):
            raise ValueError('classes such as [:alpha:] are not taken')
        for escape in re.findall(r'\\.', members, re.DOTALL):
            _check_escape(escape, u'dDsSwWaftnrv')
        # Python keeps these for sets of sets.
        return found.group('opening') + re.sub(
            r'(\\.)|([\[&~|])', lambda one: one.group(1) or u'\\' + one.group(2), members,
            flags=re.DOTALL) + u']'
    if found.group('escape'):
        _check_escape(token, u'dDsSwWaftnrvbBA')
    elif token == u'[' or token == u'\\':
        raise ValueError('[ without its ]' if token == u'[' else '\\ at its end')
    # Go looks for an expression anywhere, and only ^ and $ hold this one to the ends of a path.
    return {u'(': u'(?:', u'|': u'[^\0]*|[^\0]*', u'{': u'\\{'}.get(token, token)


def _check_escape(escape, letters):
    if (escape[1].isalnum() or escape[1] > u'\x7f') and escape[1] not in letters:
        raise ValueError('\\ before a letter or a digit that it does nothing to')


def _compiled(expression):
    return re.compile(u'(?:%s)\\Z' % expression, getattr(re, 'ASCII', 0))


def _prefixes(path):
    """'a/b/c' as 'a', 'a/b' and 'a/b/c'."""
    ends = [found.start() for found in re.finditer(u'/', path)]
    return [path[:end] for end in ends] + [path]


def _walk(root, ignore):
    """Gives (relative path, path, status) of all that is sent, a folder before what it holds."""
    levels = [(b'', ignore.outset, _kept(root, b'', ignore, ignore.outset))]
    while levels:
        prefix, hits, names = levels[-1]
        if not names:
            levels.pop()
            continue
        relative = prefix + names.pop()
        path = root + b'/' + relative
        status = _ask(os.lstat, path, path)
        if not stat.S_ISDIR(status.st_mode):
            yield relative, path, status
            continue
        excluded, below = ignore.judge(_decoded(relative), hits)
        if not excluded:
            yield relative, path, status
        prefix = relative + b'/'
        levels.append((prefix, below, _kept(path, prefix, ignore, below)))


def _kept(path, prefix, ignore, hits):
    """The names in a folder that are sent, or are folders to be walked all the same; last first."""
    names, start = [], _decoded(prefix)
    for name in _ask(os.listdir, path, path):
        relative = start + _decoded(name)
        if not ignore.judge(relative, hits)[0] or (
                relative in ignore.needed and _is_folder(path + b'/' + name)):
            names.append(name)
    names.sort(reverse=True)
    return names


def _is_folder(path):
    return stat.S_ISDIR(_ask(os.lstat, path, path).st_mode)


def _pieces(root, ignore):
    """Gives the tar in the pieces that it comes in: headers, contents, padding, the end."""
    for relative, path, status in _walk(root, ignore):
        if not stat.S_ISREG(status.st_mode):
            header = _entry(relative, path, status)
            if header:
                yield header
            continue
        file = _ask(os.open, path, path, _OPEN)
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise _error(errno.EIO, 'this was a file of the build context a moment ago', path)
            yield _entry(relative, path, status)
            left = status.st_size
            while left:
                content = _ask(os.read, path, file, min(left, BLOCK))
                if not content:
                    raise _error(errno.EIO, 'this file of the build context shrank while it was '
                                 'sent, from %d bytes to %d' % (status.st_size,
                                                                status.st_size - left), path)
                left -= len(content)
                yield content
        finally:
            os.close(file)
        yield _padding(status.st_size)
    yield END


def _blocks(pieces):
    """Joins small pieces; the first leaves by itself, so that the engine starts to read at once."""
    with contextlib.closing(pieces):
        held, size, enough = [], 0, 1
        for piece in pieces:
            if size and size + len(piece) > BLOCK:
                yield b''.join(held)
                held, size = [], 0
            held.append(piece)
            size += len(piece)
            if size >= enough:
                yield b''.join(held)
                held, size, enough = [], 0, BLOCK
        if size:
            yield b''.join(held)


def _entry(relative, path, status):
    """A header for what a status tells of, or None."""
    mode, link, device = status.st_mode, b'', (0, 0)
    kind = _TYPES.get(stat.S_IFMT(mode))
    if kind is None:
        return None
    if stat.S_ISDIR(mode):
        relative += b'/'
    elif stat.S_ISLNK(mode):
        link = _ask(os.readlink, path, path)
    elif stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        device = os.major(status.st_rdev), os.minor(status.st_rdev)
    return _header(
        relative, kind,
        # Windows tells nothing of what may be run.
        0o755 if os.name == 'nt' else stat.S_IMODE(mode),
        status.st_size if stat.S_ISREG(mode) else 0,
        # Whole seconds from 1970 on are what an engine of any age reads.
        max(0, int(status.st_mtime)), link, device)


def _header(name, kind, mode, size, time=0, link=b'', device=(0, 0)):
    """A header: a plain one of POSIX's ustar, or with GNU's ways for long names and 8 GiB.

    The standard library's takes five times as long, which is half the time that small files take,
    and on Python 2.7 has no form for names in no encoding.
    """
    parts = []
    for long_kind, text in ((b'L', name), (b'K', link)):
        if len(text) > 100:
            size_of_text = len(text) + 1
            parts += [_header(b'././@LongLink', long_kind, 0, size_of_text), text, b'\0',
                      _padding(size_of_text)]
    plain = not parts and max(size, time) < _OCTAL_END
    header = _HEADER.pack(
        name, b'%07o' % mode, b'0000000', b'0000000', _number(size), _number(time), b' ' * 8, kind,
        link, b'ustar\00000' if plain else b'ustar  \0', b'%07o' % device[0], b'%07o' % device[1])
    checksum = sum(bytearray(header.replace(b'\0', b'')))
    parts += [header[:148], b'%06o\0' % checksum, header[155:]]
    return b''.join(parts)


def _number(value):
    return b'%011o' % value if value < _OCTAL_END else struct.pack('>LQ', 1 << 31, value)


def _padding(size):
    return b'\0' * (-size % 512)


def _ask(call, path, *arguments):
    try:
        return call(*arguments)
    except EnvironmentError as error:
        raise _unreadable(path, error)


def _unreadable(path, error):
    return _error(error.errno, 'this part of the build context cannot be read: %s'
                  % (error.strerror or error), path)


def _error(number, sentence, path):
    return IOError(number, sentence, _native(path))


def _encoded(path):
    if not six.PY2:
        return os.fsencode(path)
    return path.encode('utf-8') if isinstance(path, six.text_type) else path


def _decoded(path):
    return path.decode('utf-8', 'surrogateescape') if isinstance(path, bytes) else path


def _native(path):
    return path if six.PY2 else os.fsdecode(path)
