#@ run
scores = [1, 2, 3]
scores[0] = 5
for s in scores:
    s *= 2
    print(f"s {s}")
print(scores)
