#!/bin/sh
# busybox's nslookup. The first paragraph of what it prints is about the server; names are printed without their last dot.
while read -r type name; do
    case $type in
        A) busybox nslookup "$name" ;;
        *) busybox nslookup -type="$type" "$name" ;;
    esac 2>&1 | sed -n 's/^;; /! /p; 1,/^$/d; s/^Address: *//p; s/.*service = \(.*\)/\1./p'
    echo
done
