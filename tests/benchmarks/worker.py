"""One measurement of one peer: worker.py PEER MEASURE JSON prints its figures as JSON.

The JSON is of `address` and `version`, for the peer, and of the measure's arguments. What a peer has
no call for gives null.
"""
import importlib
import json
import sys

import measures


def main():
    name, measure, arguments = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    address = str(arguments.pop('address'))
    peer = importlib.import_module('peers.' + name).Peer(address, arguments.pop('version'))
    peer.address = address
    needed = arguments.get('call') or arguments.pop('needs', None) or 'times'
    figures = None
    if hasattr(peer, needed):
        figures = getattr(measures, measure)(peer, **arguments)
    peer.close()
    print(json.dumps(figures))


if __name__ == '__main__':
    main()
