#@ run
def sum_to(n):
    if n == 0:
        return 0
    rest = sum_to(n - 1)
    return n + rest


total = sum_to(3)
print(f"3 + 2 + 1 = {total}")
