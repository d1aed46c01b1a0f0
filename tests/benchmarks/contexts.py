"""The folders that builds are measured with: made once for a run, in a folder that is removed."""
import os

GIB = 1024 ** 3
IN_A_FOLDER = 100


def small(folder, count):
    """A Dockerfile and so many files of 1 KiB."""
    write(folder, 'Dockerfile', 'FROM busybox\n')
    for number in range(count):
        write(folder, 'src/%d/%d.c' % divmod(number, IN_A_FOLDER), 'x' * 1024)


def large(folder, gib):
    """A Dockerfile and a file of so many GiB, of which nothing is on the disk."""
    write(folder, 'Dockerfile', 'FROM busybox\n')
    with open(os.path.join(folder, 'large'), 'wb') as file:
        file.truncate(int(gib * GIB))


def ignored(folder, count):
    """So many files, all but 1 of 200 ignored: one half by the name of their folder, one by their
    own."""
    write(folder, 'Dockerfile', 'FROM busybox\n')
    write(folder, '.dockerignore', '.git\nnode_modules\n**/*.o\n*.log\n')
    for number in range(count // 2):
        write(folder, 'node_modules/%d/%d.js' % divmod(number, IN_A_FOLDER), '')
    for number in range(count // 2):
        name = 'src/%d/%d.%%s' % divmod(number, IN_A_FOLDER)
        write(folder, name % ('o' if number % IN_A_FOLDER else 'c'), '')


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
