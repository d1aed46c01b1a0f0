"""Names of images: as Docker has them, and how it compares them with patterns."""

import re

_DOCKER_HUB = ('docker.io/library/', 'docker.io/')
# A part of a pattern: a class of characters such as [a-z], a character after a backslash, or any other one.
_PART = r'\[\^?(?:\\.|[^\]\\])+\]|\\.|.'


def short_name(name):
    """Return the name of an image as Docker has it."""
    for prefix in _DOCKER_HUB:
        if name.startswith(prefix):
            return name[len(prefix):]
    return name


def without_tag(name):
    """Return the name of an image without its tag, which is after the last slash, and its digest."""
    name = name.partition('@')[0]
    repository, colon, tag = name.rpartition(':')
    return repository if colon and '/' not in tag else name


def matches_any_reference(name, patterns):
    """Return whether the name of an image, or its repository alone, matches one of the patterns.

    In a pattern `*` stands for any characters but a slash, and `?` for one of them.
    """
    return any(re.match(_regex(pattern), part, re.DOTALL)
               for pattern in patterns for part in (name, without_tag(name)))


def _regex(pattern):
    """Return a pattern for paths as a regular expression. One that is none matches nothing."""
    parts = []
    for part in re.findall(_PART, pattern, re.DOTALL):
        if part in ('[', '\\'):
            return r'(?!)'
        if part in ('*', '?'):
            part = '[^/]' + part.replace('?', '')
        elif len(part) > 1 and part.startswith('['):
            part = r'(?!/)' + part.replace('[', r'\[').replace(r'\[', '[', 1)
        else:
            part = re.escape(part[-1:])
        parts.append(part)
    return ''.join(parts) + r'\Z'
