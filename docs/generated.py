"""An extension of Sphinx: what the pages have of the code.

A block ```{calls} docker.api.containers``` stands for all calls of this class of `docker.Client`, and
```{names} docker.types``` for all that the module has for users, so that none can be missing. ```{types}
docker.responses.images``` stands for its types, with their keys and comments, and ```{table}
docker.endpoints``` for what `python -m docker.endpoints` prints.
"""

import functools
import importlib
import inspect
import re
import subprocess
import sys

import requests

import docker
import docker.responses
from docker import config, host_config, network_config

# Calls that hand on their arguments, and to what.
HANDED_ON = {
    'create_container_config': config.create_container_config,
    'create_host_config': host_config.create_host_config,
    'create_networking_config': network_config.create_networking_config,
    'create_endpoint_config': functools.partial(network_config.create_endpoint_config, None),
    'create_swarm_spec': docker.types.SwarmSpec}
# Files outside of this folder that a page includes: links to them lead to that page.
INCLUDED = {'README.md': 'calls.md', 'README.md#documentation': 'index.md#guide',
            'CONTRIBUTING.md': 'contributing.md', 'CHANGELOG.md': 'changelog.md'}
# The longest first: an alternative that matches is taken.
_INCLUDED = '|'.join(sorted(INCLUDED, key=len, reverse=True))
# In a comment: a name in backticks, or something that is quoted.
_NAME = r"`(\w+)`|(?<!\w)('[^']*')"


def calls_of(module):
    """Return the names of the calls of docker.Client that a module has, as they come in it, each once."""
    kind, = (kind for kind in docker.Client.__mro__ if kind.__module__ == module)
    return [name for name, value in vars(kind).items() if not name.startswith('_') and
            getattr(value, '__name__', None) == name]


def directives_of(module):
    """Yield a directive of autodoc for each public name of a module."""
    names = importlib.import_module(module)
    for name in names.__all__:
        value = getattr(names, name)
        if inspect.isclass(value) and issubclass(value, Exception):
            yield '.. autoexception:: {0}.{1}\n   :members:\n   :show-inheritance:'.format(module, name)
        elif inspect.isclass(value):
            # Some have two names: docker.types has all.
            if value is getattr(docker.types, name, None) and names is not docker.types:
                continue
            yield '.. autoclass:: {0}.{1}\n   :members:'.format(module, name)
        elif callable(value):
            yield '.. autofunction:: {0}.{1}'.format(module, name)


def types_of(module):
    """Yield the description of each type in a module of docker.responses: a list of its lines in the source.

    The names of types are links, and those of calls.
    """
    yield '.. py:currentmodule:: docker.responses'
    source = inspect.getsource(importlib.import_module(module))
    for name, value, description in re.findall(r'(?ms)^(\w+) = (.*?)\n"""(.*?)"""$', source):
        description = re.sub(_NAME, link_of, ' '.join(description.split()))
        lines = ['.. py:data:: ' + name, '', description, '']
        for line in re.sub(r"^TypedDict\('\w+', \{|\}\)$", '', value).strip().splitlines():
            keys, _, comment = line.partition('  # ')
            keys = re.sub(r'[][]', r'\\\g<0>', keys.strip(' ,'))
            keys = re.sub(r"'([\w.-]+)': |(\w+)", key_or_type, keys)
            lines.append('* ' + keys + (comment and ' -- ' + re.sub(_NAME, link_of, comment)))
        yield '\n   '.join(lines)


def link_of(match):
    """Return a name in backticks as a link to a type or to a call; what is quoted, as code."""
    name = match.group(1)
    if name in docker.responses.__all__:
        return ':py:data:`{0}`'.format(name)
    if name and getattr(docker.Client, name, None) and name not in vars(requests.Session):
        return ':py:meth:`~docker.Client.{0}`'.format(name)
    return '``{0}``'.format(name or match.group(2))


def key_or_type(match):
    key, name = match.groups()
    if key:
        return '``{0}``: '.format(key)
    if name in docker.responses.__all__:
        return r'\ :py:data:`{0}`\ '.format(name)
    # A type checker takes X for a value that may be null: see docker/responses/typed.py.
    return 'None' if name == 'MaybeNone' else name


def expand(match):
    kind, module = match.groups()
    if kind == 'table':
        printed = subprocess.check_output([sys.executable, '-m', module], text=True)
        # Outside of code, `<none>` would be HTML.
        return re.sub(r'`[^`]*`|<', lambda part: r'\<' if part.group() == '<' else part.group(), printed)
    found = (directives_of(module) if kind == 'names' else types_of(module) if kind == 'types' else
             ('.. automethod:: docker.Client.' + name for name in calls_of(module)))
    return '```{{eval-rst}}\n{0}\n```\n'.format('\n\n'.join(found))


def expand_source(app, docname, source):
    source[0] = re.sub(r'(?m)^```\{(calls|names|types|table)\} ([\w.]+)\n```\n', expand, source[0])
    source[0] = re.sub(r'(?<=\]\()((?:\.\./)+)({0})'.format(_INCLUDED), link_to_page, source[0])


def link_to_page(match):
    up, name = match.groups()
    return up[3:] + INCLUDED[name]


def expand_included(app, path, docname, source):
    """In a file that is included, the links are relative to its own folder."""
    source[0] = re.sub(r'(?<=\]\()docs/', '', source[0])
    source[0] = re.sub(r'(?<=\]\()({0})'.format(_INCLUDED),
                       lambda match: INCLUDED[match.group()], source[0])


def arrange_docstring(app, what, name, obj, options, lines):
    """Show the parameters of a call as code, and its example without indentation."""
    parameters = set(re.findall(r'(?m)^:param (\w+):', '\n'.join(lines)))
    in_example = False
    for number, line in enumerate(lines):
        in_example = line.startswith('    >>>') or in_example and (not line or line.startswith('    '))
        lines[number] = line[4:] if in_example else re.sub(
            r'(?<![`:])`(\w+)`(?!`)', lambda match: (
                '``{0}``' if match.group(1) in parameters else '`{0}`').format(match.group(1)), line)


def arrange_signature(app, what, name, obj, options, signature, returns):
    """Show what a call takes that hands on its arguments; of exceptions with those of requests, show none."""
    handed_on = signature is not None and signature.startswith('(*args')
    if handed_on and what == 'exception':
        return '', None
    if handed_on and what == 'method' and name.rpartition('.')[2] in HANDED_ON:
        return str(inspect.signature(HANDED_ON[name.rpartition('.')[2]])), None


def setup(app):
    app.connect('source-read', expand_source)
    app.connect('include-read', expand_included)
    app.connect('autodoc-process-docstring', arrange_docstring)
    app.connect('autodoc-process-signature', arrange_signature)
    return {'parallel_read_safe': True}
