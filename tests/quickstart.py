"""The quick start of the README: the whole life of a container, told step by step."""

import os
import shutil
import tempfile

from six.moves.urllib.request import ProxyHandler, build_opener

import docker

DOCKERFILE = u"""\
FROM busybox
ADD greet.sh /greet.sh
EXPOSE 80
CMD ["sh", "/greet.sh"]
"""

# Serves one page on port 80, which it says once it listens, and ends with the exit code 3.
GREET = u"""\
printf 'HTTP/1.0 200 OK\\r\\n\\r\\nhello, %s\\n' "$(cat /shared/name)" | nc -l -p 80 > /dev/null &
until grep -q ':0050 [0-9A-F:]* 0A' /proc/net/tcp /proc/net/tcp6; do true; done 2> /dev/null
echo "serving $(cat /shared/name)"
wait
echo "served, and done"
exit 3
"""


def say(words):
    print('* ' + words)


def write(folder, name, text):
    with open(os.path.join(folder, name), 'wb') as target:
        target.write(text.encode('utf-8'))


def main(client):
    folder = tempfile.mkdtemp(prefix='quickstart')
    container = None
    try:
        say('engine {0}'.format(client.version()['Version']))

        write(folder, 'Dockerfile', DOCKERFILE)
        write(folder, 'greet.sh', GREET)
        image_id, output = client.build(path=folder, tag='quickstart', rm=True)
        print(output.rstrip())
        say('built the image {0}'.format(image_id))

        shared = os.path.join(folder, 'shared')
        os.mkdir(shared)
        write(shared, 'name', u'world')
        container = client.create_container('quickstart', ports=[80], volumes=['/shared'])
        say('created the container {0}'.format(container['Id'][:12]))

        client.start(container, binds={shared: '/shared:ro'},
                     port_bindings={80: ('127.0.0.1', None)})
        address = client.port(container, 80)[0]
        say('started it: port 80 is published at {HostIp}:{HostPort}'.format(**address))

        for number, line in enumerate(client.logs(container, stream=True)):
            say('it writes: {0}'.format(line.decode('utf-8').rstrip()))
            if number == 0:
                url = 'http://{HostIp}:{HostPort}/'.format(**address)
                page = build_opener(ProxyHandler({})).open(url, timeout=10)
                say('{0} says: {1}'.format(url, page.read().decode('utf-8').rstrip()))
                page.close()

        say('it ended with exit code {0}'.format(client.wait(container)))
    finally:
        if container is not None:
            if client.inspect_container(container)['State']['Running']:
                client.kill(container)
            client.remove_container(container, v=True)
            say('removed it')
        shutil.rmtree(folder)


if __name__ == '__main__':
    main(docker.Client())
