#@ run
scores = [1, 2, 3]
for i in range(len(scores)):
    scores[i] *= 2
print(*scores)
