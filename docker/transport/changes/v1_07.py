"""Remote API 1.7 (Docker 0.7, November 2013)."""

from docker.transport.changes.change import answer, exchange
from docker.transport.message import retold, succeeded, value_of, with_blocks

NO_NAME = '<none>:<none>'


@answer((1, 7), 'GET', '/images/json')
def an_entry_for_each_tag(answer, call):
    """GET /images/json has one entry for each image, with RepoTags, in place of one for each
    tag."""
    entries = []
    for image in value_of(answer):
        tags = [tag for tag in image.get('RepoTags') or () if tag != NO_NAME]
        entries.append(image)
        for tag in tags[1:]:
            entries.append(named(dict(image), tag))
        if tags:
            named(image, tags[0])
    return retold(answer, entries)


def named(image, tag):
    """An entry with its name in two parts."""
    image['Repository'], _, image['Tag'] = tag.rpartition(':')
    return image


@exchange((1, 7), 'GET', '/images/viz')
def the_graph_is_drawn_here(call, send):
    """GET /images/viz is gone: the graph is drawn from the list of all images."""
    answer = send(call.to('GET', '/images/json', all='1'))
    if not succeeded(answer):
        return answer
    return with_blocks(answer, iter([digraph(value_of(answer)).encode('utf-8')]), 200,
                       {'Content-Type': 'text/plain; charset=utf-8'})


def digraph(images):
    """The graph of images as Docker 0.6 drew it, in Graphviz's words."""
    lines = [u'digraph docker {']
    for image in images:
        parent = image.get('ParentId')
        if parent:
            lines.append(u' "{0}" -> "{1}"'.format(short(parent), short(image['Id'])))
        else:
            lines.append(u' base -> "{0}" [style=invis]'.format(short(image['Id'])))
    for image in images:
        tags = [tag for tag in image.get('RepoTags') or () if tag != NO_NAME]
        if tags:
            lines.append(u' "{0}" [label="{1}",shape=box,fillcolor="paleturquoise",'
                         u'style="filled,rounded"];'.format(
                             short(image['Id']), u'\\n'.join([short(image['Id'])] + tags)))
    lines.extend([u' base [style=invisible]', u'}', u''])
    return u'\n'.join(lines)


def short(image_id):
    return image_id.partition(':')[2][:12] or image_id[:12]


@answer((1, 7), 'GET', '/images/search')
def lower_case_results(answer, call):
    """GET /images/search tells name and description in lower case."""
    found = value_of(answer) or []
    for image in found:
        image.setdefault('Name', image.get('name'))
        image.setdefault('Description', image.get('description'))
    return retold(answer, found)
