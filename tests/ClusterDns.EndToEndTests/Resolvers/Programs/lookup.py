"""Python's socket.getaddrinfo, which asks the C library."""
import socket
import sys

MISSING = (socket.EAI_NONAME, socket.EAI_NODATA)

for line in sys.stdin:
    try:
        for found in socket.getaddrinfo(line.split()[1], None, type=socket.SOCK_STREAM):
            print(found[4][0])
    except socket.gaierror as error:
        if error.errno not in MISSING:
            print(f"! {error}")
    print(flush=True)
