#@ run
def answer(yes):
    return "yes" if yes else "no"


p = [1, 2]
q = p
r = [1, 2]
print(f"p and q: same place {answer(p is q)}")
print(f"p and r: same place {answer(p is r)}")
print(f"p and r: equal values {answer(p == r)}")
