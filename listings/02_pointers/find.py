#@ run
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


tokens = [Token(7), Token(9)]
if (token := find(tokens, 9)) is not None:
    token.count += 1
if (token := find(tokens, 5)) is not None:
    token.count += 1
print(f"counts {tokens[0].count} {tokens[1].count}")
