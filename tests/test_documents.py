"""The documents (README, CONTRIBUTING, CHANGELOG, docs): links lead somewhere, and no call is left out."""

import codeop
import importlib
import io
import os
import re

import pytest

import docker
import docker.responses
from docker.endpoints import calls_by_endpoint

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REFERENCE = 'docs/reference/'
_CODE = r'(?ms)^(```+)[^\n]*\n.*?^\1$'
_LINK = r'\]\((?P<target>[^()\s]*)\)'
# In these files a link of a reader's program or of another page is found, so that the checks can fail.
KNOWN = [('README.md', 'docs/guide/exec.md#calls'), ('docs/guide/images.md', '../../README.md#build'),
         ('docs/testing.md', '../CONTRIBUTING.md#adding-an-engine')]


def read(path):
    with io.open(os.path.join(ROOT, path), encoding='utf-8') as document:
        return document.read()


def documents():
    found = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
    for folder, folders, names in os.walk(os.path.join(ROOT, 'docs')):
        folders[:] = sorted(name for name in folders if not name.startswith('_'))
        found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in sorted(names)
                  if name.endswith('.md')]
    return found


DOCUMENTS = documents()


def anchors(path):
    """Return the anchors of the headings of a document, as GitHub and MyST make them."""
    found = set()
    for heading in re.findall(r'(?m)^#{1,6} (.*)$', re.sub(_CODE, '', read(path))):
        slug = re.sub(r'[^\w\- ]', '', heading.replace('`', '').lower(), flags=re.UNICODE).replace(' ', '-')
        number, unique = 0, slug
        while unique in found:
            number += 1
            unique = '{0}-{1}'.format(slug, number)
        found.add(unique)
    return found


def links(path):
    """Return the links of a document that lead to no address on the network."""
    text = re.sub(r'`[^`]*`', '', re.sub(_CODE, '', read(path)))
    return [match.group('target') for match in re.finditer(_LINK, text)
            if not re.match('[a-z]+:', match.group('target'))]


def names_of_calls():
    """Return the names of all calls, without other names of the same."""
    return sorted(name for kind in docker.Client.__mro__ if kind.__module__.startswith('docker.api.')
                  for name, value in vars(kind).items()
                  if not name.startswith('_') and getattr(value, '__name__', name) == name)


def python_of(path):
    return u'\n'.join(re.findall(r'(?ms)^```python\n(.*?)^```$', read(path)))


@pytest.mark.parametrize('path', DOCUMENTS)
def test_links(path):
    for link in links(path):
        target, _, anchor = link.partition('#')
        where = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
        assert os.path.exists(os.path.join(ROOT, where)), link
        if anchor:
            assert where.endswith('.md') and anchor in anchors(where), link


@pytest.mark.parametrize('path, link', KNOWN)
def test_links_are_found(path, link):
    assert link in links(path)


def test_an_anchor_is_made_as_by_github():
    assert {'the-client', 'create_container', 'changes-contributing-and-license'} <= anchors('README.md')
    assert {'networks', 'networks-1'} <= anchors('docs/guide/networks.md')
    assert 'needs-a-registry' not in anchors('README.md')


def test_no_page_is_left_out_of_the_contents():
    """Each page is in a toctree: by its name, or by a pattern."""
    listed = set()
    for path in DOCUMENTS:
        for block in re.findall(r'(?ms)^```\{toctree\}\n(.*?)^```$', read(path)):
            for line in block.splitlines():
                if line and not line.startswith(':'):
                    listed.add(os.path.join(os.path.dirname(path), line))
    patterns = [entry[:-1] for entry in listed if entry.endswith('*')]
    for path in DOCUMENTS:
        page = path[:-len('.md')]
        if path.startswith('docs/') and path != 'docs/index.md':
            assert page in listed or page.startswith(tuple(patterns)), path


def test_each_class_of_calls_is_in_the_reference_once():
    modules = [kind.__module__ for kind in docker.Client.__mro__ if kind.__module__.startswith('docker.api.')]
    listed = [module for path in DOCUMENTS if path.startswith(REFERENCE)
              for module in re.findall(r'(?m)^```\{calls\} ([\w.]+)\n```$', read(path))]
    assert sorted(listed) == sorted(modules)


def test_each_call_is_in_the_reference(monkeypatch):
    """As Sphinx gets the pages from docs/generated.py."""
    monkeypatch.syspath_prepend(os.path.join(ROOT, 'docs'))
    generated = importlib.import_module('generated')
    found = []
    for path in DOCUMENTS:
        if path.startswith(REFERENCE):
            source = [read(path)]
            generated.expand_source(None, path, source)
            assert '{calls}' not in source[0] and '{names}' not in source[0]
            found += re.findall(r'(?m)^\.\. automethod:: docker\.Client\.(\w+)$', source[0])
    assert sorted(found) == names_of_calls()


def test_each_type_of_what_calls_return_is_in_the_reference(monkeypatch):
    monkeypatch.syspath_prepend(os.path.join(ROOT, 'docs'))
    generated = importlib.import_module('generated')
    source = [read(REFERENCE + 'responses.md')]
    generated.expand_source(None, 'reference/responses', source)
    assert sorted(re.findall(r'(?m)^\.\. py:data:: (\w+)$', source[0])) == sorted(docker.responses.__all__)
    # Each key has its type, in which other dicts are links, and its comment.
    assert u'* ``SizeRw``: int -- bytes in its own layer; with ``size``\n' in source[0]
    assert u'* ``Ports``: List\\[\\ :py:data:`PortSummary`\\ \\]\n' in source[0]
    assert u'An item of what :py:meth:`~docker.Client.containers` returns' in source[0]
    # A line of the source that is something else would be shown as it is; this one is a type without keys.
    listed = re.findall(r'(?m)^   \* (.*)$', source[0])
    assert [line for line in listed if not line.startswith('``')] == [
        u'Dict\\[str, Union\\[List\\[\\ :py:data:`PortAddress`\\ \\], None\\]\\]']


def test_links_to_files_outside_lead_to_pages(monkeypatch):
    monkeypatch.syspath_prepend(os.path.join(ROOT, 'docs'))
    generated = importlib.import_module('generated')
    source = ['[build](../../README.md#build) and [more](../CONTRIBUTING.md), [here](streams.md#lines)',
              '[guide](../README.md#documentation)']
    for number, expanded in enumerate((
            '[build](../calls.md#build) and [more](contributing.md), [here](streams.md#lines)',
            '[guide](index.md#guide)')):
        page = [source[number]]
        generated.expand_source(None, 'guide/images', page)
        assert page == [expanded]
    source = ['[a](docs/guide/tls.md#ping), [b](CHANGELOG.md), [c](#start)']
    generated.expand_included(None, '../README.md', 'calls', source)
    assert source == ['[a](guide/tls.md#ping), [b](changelog.md), [c](#start)']


def test_the_public_modules_are_in_the_reference():
    listed = [module for path in DOCUMENTS if path.startswith(REFERENCE)
              for module in re.findall(r'(?m)^```\{names\} ([\w.]+)\n```$', read(path))]
    assert {'docker.errors', 'docker.types', 'docker.utils'} <= set(listed)


@pytest.mark.parametrize('name', names_of_calls())
def test_a_call(name):
    """A call is described in one document, with its signature and an example, or shown in the guide."""
    signature = r'(?m)^`{0}\('.format(name)
    described = [path for path in DOCUMENTS if re.search(signature, read(path))]
    use = r'\b(client|worker|tested)\.{0}\('.format(name)
    assert len(described) <= 1
    assert (any(re.search(use, python_of(path)) for path in DOCUMENTS) or
            described and re.search(use, getattr(docker.Client, name).__doc__))


def test_the_quick_start_can_be_typed_into_a_prompt():
    """Line by line, as a prompt takes them: an empty line ends a statement of several lines."""
    blocks = re.findall(r'(?ms)^```python\n(.*?)^```$', read('docs/quickstart.md'))
    assert len(blocks) > 5
    for block in blocks:
        lines = []
        for line in str(block).splitlines() + ['']:
            lines.append(line)
            if codeop.compile_command('\n'.join(lines)):
                lines = []
        assert not lines


def test_the_names_of_calls_are_all_calls():
    used = set(getattr(docker.Client, name).__name__
               for names in calls_by_endpoint().values() for name in names)
    assert used <= set(names_of_calls()) and len(used) > 100


def test_the_tree_of_errors():
    """The tree in the guide has all exceptions that are for new programs, under what they are a class of."""
    tree, = re.findall(r'(?ms)^```text\n(DockerException.*?)^```$', read('docs/guide/errors.md'))
    above = []
    for line in tree.splitlines():
        match = re.match(r'( *)(\w+)( \((\w+)\))?  ', line + '  ')
        if match and len(match.group(1)) < 10:
            kind = getattr(docker.errors, match.group(2))
            del above[len(match.group(1)) // 2:]
            assert not above or issubclass(kind, above[-1])
            assert not match.group(4) or match.group(4) in [base.__name__ for base in kind.__mro__]
            above.append(kind)
    of_former_releases = {'DeprecatedMethod', 'InvalidConfigFile', 'InvalidRepository', 'InvalidVersion',
                          'InvalidVersionArgument', 'NullResource', 'TLSParameterError', 'error_for'}
    named = set(re.findall(r'(?m)^ *(\w+)', tree))
    assert set(docker.errors.__all__) - of_former_releases <= named
