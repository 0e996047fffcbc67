#@ run
def label(score):
    return "cat" if score >= 5 else "dog"


def primes():
    return (2, 3, 5)


p = primes()
print(label(9), label(2), p[0], p[1], p[2])
