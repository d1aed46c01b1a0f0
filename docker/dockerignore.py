"""The `.dockerignore` of a build context: which of its files are sent.

What is left out is what `docker build` leaves out before it posts to `/build`, oddities included, because
people's files were written against it: https://docs.docker.com/build/concepts/context/ has the rules.
`docker build` is written in Go, so a pattern may hold what a regular expression of Go's `regexp` may hold;
it is translated to one of Python's `re`.

Nothing here reads the file system: `docker.context` reads the file's lines and walks the folder.
"""

import collections
import itertools
import operator
import os
import posixpath
import re

import six

from docker.compat import decode_path, to_native_string

_Rule = collections.namedtuple('_Rule', 'exception pattern regex')

# What Go strips as white space; unlike Python, it does not strip the four information separators.
_SPACE = (u'\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008'
          u'\u2009\u200a\u2028\u2029\u202f\u205f\u3000')

# A literal, an escape or a bracket expression, and a pattern as far as `docker build` validates it.
_ELEMENT = r'\\.|\[(?:\^|(?!\^))(?:{0}(?:-{0})?)+\]|[^\\\[*]'.format(r'(?:\\.|[^-\]\\])')
_VALID = r'(?s)(?:[.?]?\*+|(?![.?]?\*))(?!\*)(?:{0})*(?:\*|\Z)'.format(_ELEMENT)
# The tokens of a pattern, those that are different in Go's expression, and the tokens of that.
_TOKEN = r'(?s)\*\*/?|\\.|.'
_TO_GO = {u'**': u'(.*/)?', u'**/': u'(.*/)?', u'*': u'[^/]*', u'?': u'[^/]',
          u'.': u'\\.', u'+': u'\\+', u'(': u'\\(', u')': u'\\)', u'$': u'\\$'}
_GO_TOKEN = (r'(?s)(?P<escape>\\.)|(?P<opening>\[\^?)(?P<members>\]?(?:\\.|[^\]\\])*)\]|'
             r'(?P<repeat>\{[0-9]+(?:,[0-9]*)?\})|.')
# `docker build` puts ^ and $ around an expression and searches a path for it, so only the first and the last
# of its alternatives are bound to an end of the path.
_GO_TO_PYTHON = {u'(': u'(?:', u'|': u'[^\0]*|[^\0]*', u'{': u'\\{'}
# How many parts of a pattern for text of any length are left to `re`. It tries all ways to divide a path
# among them, while no other thread runs; patterns also come from projects and engines that are not trusted.
_MAX_WILDCARDS = 3
# No path is as long; a pattern that needs more states takes memory and time for nothing.
_MAX_STATES = 5000
# What matches a place, and no character.
_ASSERTIONS = (u'^', u'\\b', u'\\B', u'\\A')
# A token that is a character.
_LITERAL = u'(?s)[^\\\\.^$*+?(){}\\[\\]|]\\Z|\\\\[^\\w]\\Z'
# What matches any folders, as tokens of Python's expression.
_FOLDERS = [u'(?:', u'.', u'*', u'/', u')', u'?']


class DockerIgnore(object):
    """The rules of a `.dockerignore`; a later line overrides an earlier one.

    Paths are relative and have slashes.

    :param lines: text, or bytes in UTF-8; comments and blank lines are skipped.
    :param always: the paths that are never excluded, as text.
    :param name: the name of the file, for errors, as a native string.
    :raises ValueError: for an invalid pattern, with the number of its line.

        >>> DockerIgnore(['*.log', '!keep.log']).matches('a.log')
        True
    """

    def __init__(self, lines=(), always=(), name='.dockerignore'):
        self.always = frozenset(always)
        rules = list(_parse_lines(lines, name))
        # Folders that are walked even if they are excluded. Like `docker build`, this compares the text of
        # an exception: `!a/*.py` has a/ walked, while `!*/a.py` brings nothing back from a/.
        needed = self.always.union(rule.pattern for rule in rules if rule.exception)
        self._folders_to_walk = set(prefix for path in needed for prefix in _prefixes(path))
        # Consecutive lines of one kind are one regular expression.
        self._runs = [(exception, _joined([rule.regex for rule in run]))
                      for exception, run in itertools.groupby(rules, operator.attrgetter('exception'))]
        # The hits of the folder that is packed, which no rule is tried on.
        self.root_hits = [False] * len(self._runs)

    def matches(self, path):
        """Return whether a path is excluded, by its own name or by a folder that it is in.

        :param path: text, or bytes in UTF-8.
        """
        hits = self.root_hits
        for prefix in _prefixes(decode_path(path)):
            excluded, hits = self.check(prefix, hits)
        return excluded

    def walks(self, path, folder_hits):
        """Return whether a folder that is excluded has to be walked, as something in it may not be.

        :param path: text.
        :param folder_hits: as in `check`.
        """
        return path in self._folders_to_walk

    def check(self, path, folder_hits):
        """Return whether a path is excluded, and which runs of rules hit it.

        What hits a folder hits everything below it. A run that could not change the result for a folder is
        not tried on it, so it does not count below it either: `*/f` then `!d` excludes d/f.

        :param path: text.
        :param folder_hits: the hits of the folder that it is in: those that this method returned for that
            folder, or `root_hits`.
        :returns: a pair: a bool, and a list of a bool for each run.
        """
        excluded, hits = False, []
        for (exception, regex), hit in zip(self._runs, folder_hits):
            hit = hit or (exception == excluded and regex.match(path) is not None)
            if hit:
                excluded = not exception
            hits.append(hit)
        return excluded and path not in self.always, hits


def _parse_lines(lines, name):
    for number, line in enumerate(lines, 1):
        line = decode_path(line)
        if number == 1 and line.startswith(u'\ufeff'):
            line = line[1:]
        try:
            exception, pattern = _parse_line(line)
            regex = pattern and _translate_pattern(pattern)
        except (ValueError, OverflowError, re.error) as error:
            six.raise_from(ValueError('{0}, line {1}: {2} is not a valid pattern: {3}'.format(
                name, number, to_native_string(line.strip()), error)), None)
        if pattern:
            yield _Rule(exception, pattern, regex)


def _parse_line(line):
    """Return whether a line is an exception, and its pattern or None.

    `docker build` cleans a line, and its pattern matcher cleans the result, so `/ a` is `a` and `/!a` is an
    exception.
    """
    pattern = u'' if line.startswith(u'#') else line.strip(_SPACE)
    if not pattern:
        return False, None
    mark = u'!' if pattern.startswith(u'!') else u''
    pattern = pattern[len(mark):].strip(_SPACE)
    if pattern:
        pattern = _clean_pattern(pattern)
        if len(pattern) > 1 and pattern.startswith(u'/'):
            pattern = pattern[1:]
    pattern = (mark + pattern).strip(_SPACE)
    if not pattern:
        return False, None
    pattern = _clean_pattern(pattern)
    if pattern == u'!':
        raise ValueError('a pattern must follow the !')
    if pattern.startswith(u'!'):
        return True, pattern[1:]
    return False, pattern


def _clean_pattern(pattern):
    return posixpath.normpath(re.sub(u'^/+', u'/', pattern.replace(os.sep, u'/')))


def _translate_pattern(pattern):
    """Return the text of a regular expression that matches the whole of a path, or a _ManyWildcards."""
    # The matcher of `docker build` validates a pattern by matching it with '.', which stops at the first *
    # that fails to match; what follows that * is not validated.
    if not re.match(_VALID, pattern):
        raise ValueError('a [ without its ], or a range or a \\ without its end')
    tokens = re.findall(_TOKEN, pattern)
    regex = _translate_plain(pattern, tokens)
    return _translate_tokens(tokens) if regex is None else regex


def _translate_plain(pattern, tokens):
    """Return the regular expression of a pattern that `docker build` compares as text, or None.

    Those are the patterns without any special character but for a ** at one of their ends.
    """
    opens, closes = tokens[0].startswith(u'**'), tokens[-1].startswith(u'**')
    if any(token[0] in u'*?[]\\' for token in tokens[opens:len(tokens) - closes]):
        return None
    # A file name may contain a newline, but no NUL.
    if not opens:
        return re.escape(pattern[:-2]) + u'[^\0]*' if closes else re.escape(pattern)
    if closes and len(tokens) > 1:
        return None
    return (u'(?:[^\0]*/)?' if tokens[0] == u'**/' else u'[^\0]*') + re.escape(pattern[len(tokens[0]):])


def _translate_tokens(tokens):
    """Return the expression, as `_translate_pattern`, of a pattern that `docker build` turns into one of Go.

    It does so token by token without regard for brackets, and leaves `|`, `^` and `{2}` the meaning that
    they have in Go.
    """
    go = [_TO_GO.get(token, token) for token in tokens]
    if tokens[-1].startswith(u'**'):
        go[-1] = u'.*'
    go_tokens = list(re.finditer(_GO_TOKEN, u''.join(go)))
    regex = [_translate_go_token(match) for match in go_tokens]
    _compile(u''.join(regex))
    others = [match.group() for match in go_tokens
              if match.group('repeat') or match.group() == u'|' or match.group() in _ASSERTIONS]
    # A | is one at each end of the alternatives beside it.
    if regex.count(u'*') + len(others) + others.count(u'|') <= _MAX_WILDCARDS:
        return u''.join(regex)
    if others:
        raise ValueError('it has more than {0} wildcards, and {1}'.format(
            _MAX_WILDCARDS, to_native_string(others[0])))
    if len(regex) > _MAX_STATES:
        raise ValueError('it is too long')
    return _ManyWildcards(regex)


def _translate_go_token(match):
    """Return a token of a regular expression of Go as Python has it."""
    token, members = match.group(), match.group('members')
    if members is not None:
        if u'[:' in members and members.endswith(u':'):
            raise ValueError('classes such as [:alpha:] are not supported')
        for escape in re.findall(r'\\.', members, re.DOTALL):
            _check_escape(escape, u'dDsSwWaftnrv')
        # Python reserves these characters for operations on sets.
        return match.group('opening') + re.sub(
            r'(\\.)|([\[&~|])', lambda one: one.group(1) or u'\\' + one.group(2), members,
            flags=re.DOTALL) + u']'
    if match.group('escape'):
        _check_escape(token, u'dDsSwWaftnrvbBA')
    elif token == u'[' or token == u'\\':
        raise ValueError('a [ without its ]' if token == u'[' else 'a \\ at its end')
    return _GO_TO_PYTHON.get(token, token)


def _check_escape(escape, letters):
    if (escape[1].isalnum() or escape[1] > u'\x7f') and escape[1] not in letters:
        raise ValueError('a \\ before a character that it does not change')


class _ManyWildcards(object):
    """A pattern that is matched character by character, in a time that grows with its length alone.

    :param tokens: those of a regular expression: characters, perhaps with a `*`, and _FOLDERS.
    """

    def __init__(self, tokens):
        # Of each state: pairs of an expression for a character and the state that it leads to, and the state
        # that is reached without one, or None.
        self._moves, self._skips = [], []
        # The texts that are in each path that matches, in their order.
        self._literals = [u'']
        position = 0
        while position < len(tokens):
            state = len(self._moves)
            if tokens[position:position + len(_FOLDERS)] == _FOLDERS:
                # There are none, or the second state is that inside of them.
                moves = [(u'/', state + 2), (u'.', state + 1)]
                self._moves += [moves, moves]
                self._skips += [state + 2, None]
                position += len(_FOLDERS)
                self._literals.append(u'')
                continue
            repeated = tokens[position + 1:position + 2] == [u'*']
            self._moves.append([(tokens[position], state if repeated else state + 1)])
            self._skips.append(state + 1 if repeated else None)
            if repeated or not re.match(_LITERAL, tokens[position]):
                self._literals.append(u'')
            else:
                self._literals[-1] += tokens[position][-1]
            position += 2 if repeated else 1
        self._atoms = dict((atom, _compile(atom)) for moves in self._moves for atom, _ in moves)

    def match(self, path):
        """Return True when a path matches, else None."""
        # Most paths do not even have the characters of the pattern in their order.
        position = 0
        for literal in self._literals:
            position = path.find(literal, position) + len(literal)
            if position < len(literal):
                return None
        states = self._with_skips([0])
        for character in path:
            found = set(atom for state in states for atom, _ in self._moves_of(state))
            found = set(atom for atom in found if self._atoms[atom].match(character))
            states = self._with_skips([target for state in states for atom, target in self._moves_of(state)
                                       if atom in found])
        return len(self._moves) in states or None

    def _moves_of(self, state):
        # The last one is the end.
        return self._moves[state] if state < len(self._moves) else ()

    def _with_skips(self, states):
        """Return states, and those that are reached from them without a character."""
        reached = set()
        for state in states:
            while state is not None and state not in reached:
                reached.add(state)
                state = self._skips[state] if state < len(self._skips) else None
        return reached


class _AnyOf(object):
    """Several of what has a `match`, as one."""

    def __init__(self, matchers):
        self._matchers = matchers

    def match(self, path):
        return next((True for matcher in self._matchers if matcher.match(path)), None)


def _joined(expressions):
    """Return what has a `match` for several expressions, as `_translate_pattern` returns them."""
    texts = [expression for expression in expressions if not isinstance(expression, _ManyWildcards)]
    if len(texts) == len(expressions):
        return _compile(u'|'.join(texts))
    matchers = [expression for expression in expressions if isinstance(expression, _ManyWildcards)]
    return _AnyOf(([_compile(u'|'.join(texts))] if texts else []) + matchers)


def _compile(regex):
    return re.compile(u'(?:{0})\\Z'.format(regex), getattr(re, 'ASCII', 0))


def _prefixes(path):
    """Return the folders that a path is in, from the top, and the path: 'a', 'a/b' and 'a/b/c'."""
    ends = [match.start() for match in re.finditer(u'/', path)]
    return [path[:end] for end in ends] + [path]
