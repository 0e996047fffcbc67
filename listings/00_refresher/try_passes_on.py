#@ run
class NotADigit(Exception):
    pass


def digit(c):
    if c < "0" or c > "9":
        raise NotADigit
    return ord(c) - ord("0")


def number(text):
    result = 0
    for c in text:
        result = result * 10 + digit(c)  # an exception passes through
    return result


print(number("451"))

try:
    print(number("4x1"))
except NotADigit as err:
    print(f"failed: {type(err).__name__}")
