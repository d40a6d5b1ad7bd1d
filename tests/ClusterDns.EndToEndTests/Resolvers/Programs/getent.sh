#!/bin/sh
# glibc's getaddrinfo, by getent and the database that the first argument names.
while read -r type name; do
    getent "$1" "$name" | cut -d ' ' -f 1 | sort -u
    echo
done
