#@ panic: AttributeError: 'NoneType' object has no attribute 'count'
from dataclasses import dataclass


@dataclass
class Token:
    id: int
    count: int = 0


def find(tokens, id):
    for token in tokens:
        if token.id == id:
            return token
    return None


tokens = [Token(7)]
find(tokens, 5).count += 1
