"""Prints the table of all changes: python -m docker.transport.changes"""

from docker.transport.changes import CHANGES, load_podman
from docker.transport.changes.change import PODMAN


def markdown_table(changes):
    """Return the changes as a table in Markdown, a line each."""
    lines = [u'| API version | call | what changed |', u'|---|---|---|']
    for change in changes:
        version = u'Podman' if change.version is PODMAN else u'{0}.{1}'.format(*change.version)
        lines.append(u'| {0} | `{1} {2}` | {3} |'.format(
            version, change.method, change.path.replace('{}', '{id}'), change.sentence.replace('|', r'\|')))
    return u'\n'.join(lines)


if __name__ == '__main__':
    load_podman()
    print(markdown_table(CHANGES))
