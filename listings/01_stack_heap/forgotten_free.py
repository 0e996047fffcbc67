#@ run
scores = [7] * 3
print(f"scores[0] = {scores[0]}")
