#@ run
class NotADigit(Exception):
    pass


def digit(c):
    if c < "0" or c > "9":
        raise NotADigit
    return ord(c) - ord("0")


try:
    a = digit("7")
except NotADigit:
    a = 0
print(f"a is {a}")

try:
    b = digit("x")
    print(f"b is {b}")
except NotADigit as err:
    print(f"failed: {type(err).__name__}")
