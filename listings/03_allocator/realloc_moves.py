#@ run
scores = [5] * 2
other = 9

scores.append(7)
print(f"{scores[0]} {scores[1]} {scores[2]}, other {other}")
