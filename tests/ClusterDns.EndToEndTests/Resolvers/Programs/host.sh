#!/bin/sh
# BIND's host, which asks for A, AAAA and MX unless it is told a type.
while read -r type name; do
    case $type in
        A) host "$name" ;;
        *) host -t "$type" "$name" ;;
    esac | sed -n 's/^;; /! /p; s/.* has \(IPv6 \)\{0,1\}address //p; s/.* has SRV record //p'
    echo
done
