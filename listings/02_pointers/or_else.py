#@ run
from dataclasses import dataclass


@dataclass
class Token:
    id: int
    count: int


def find(tokens, id):
    for token in tokens:
        if token.id == id:
            return token
    return None


def count_of(tokens, id):
    token = find(tokens, id)
    if token is None:
        return 0
    return token.count


tokens = [Token(7, 4), Token(9, 2)]
print(count_of(tokens, 7), count_of(tokens, 5))
