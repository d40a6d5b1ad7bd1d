# Opens connections and does nothing with them, each hundred from an address of its own, until its input ends.
# idle.py PORT COUNT FIRST_ADDRESS_NUMBER
import resource
import socket
import sys

port, count, first = (int(word) for word in sys.argv[1:])
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
connections = []
for i in range(count):
    number = first + i // 100
    connection = socket.socket()
    connection.bind((f"127.7.{number // 250}.{number % 250 + 1}", 0))
    connection.connect(("127.0.0.1", port))
    connections.append(connection)
print(len(connections), flush=True)
sys.stdin.read()
