"""The quick start of the README: builds an image and runs a container of it, and prints each step."""

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

# Prints a line when it listens, serves one page on port 80, and exits with code 3.
GREET = u"""\
printf 'HTTP/1.0 200 OK\\r\\n\\r\\nhello, %s\\n' "$(cat /shared/name)" | nc -l -p 80 > /dev/null &
until grep -q ':0050 [0-9A-F:]* 0A' /proc/net/tcp /proc/net/tcp6; do true; done 2> /dev/null
echo "serving $(cat /shared/name)"
wait
echo "served, and done"
exit 3
"""


def print_step(text):
    print('* ' + text)


def write(folder, name, text):
    with open(os.path.join(folder, name), 'wb') as target:
        target.write(text.encode('utf-8'))


def main(client):
    folder = tempfile.mkdtemp(prefix='quickstart')
    container = None
    try:
        print_step('engine {0}'.format(client.version()['Version']))

        write(folder, 'Dockerfile', DOCKERFILE)
        write(folder, 'greet.sh', GREET)
        image_id, output = client.build(path=folder, tag='quickstart', rm=True)
        print(output.rstrip())
        print_step('built the image {0}'.format(image_id))

        shared = os.path.join(folder, 'shared')
        os.mkdir(shared)
        write(shared, 'name', u'world')
        container = client.create_container('quickstart', ports=[80], volumes=['/shared'])
        print_step('created the container {0}'.format(container['Id'][:12]))

        client.start(container, binds={shared: '/shared:ro'},
                     port_bindings={80: ('127.0.0.1', None)})
        address = client.port(container, 80)[0]
        print_step('started it: port 80 is published at {HostIp}:{HostPort}'.format(**address))

        for number, line in enumerate(client.logs(container, stream=True)):
            print_step('it writes: {0}'.format(line.decode('utf-8').rstrip()))
            if number == 0:
                url = 'http://{HostIp}:{HostPort}/'.format(**address)
                page = build_opener(ProxyHandler({})).open(url, timeout=10)
                print_step('{0} responds: {1}'.format(url, page.read().decode('utf-8').rstrip()))
                page.close()

        print_step('it ended with exit code {0}'.format(client.wait(container)))
    finally:
        if container is not None:
            if client.inspect_container(container)['State']['Running']:
                client.kill(container)
            client.remove_container(container, v=True)
            print_step('removed it')
        shutil.rmtree(folder)


if __name__ == '__main__':
    main(docker.Client())
