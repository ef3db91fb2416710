"""Exports that name pupils -> record tables that do not: identities become keyed hashes inside the school's perimeter.

A keyed hash is not anonymity: who holds the key, or enough of a pupil's marks, can tell who is meant. What is written
here remains personal data, with a day until which it may be kept. What indicators make of it is not known here.
"""
