#!/bin/sh
# BIND's dig; of the aliases on the way it prints their targets, which end with a dot.
while read -r type name; do
    dig +search +short "$name" "$type" | sed -n 's/^;; /! /p; /^[^ ;]*\.$/d; /^[^;]/p'
    echo
done
