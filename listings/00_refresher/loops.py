#@ run
scores = [7, 2, 9]

total = 0
for score in scores:
    total += score

best = 0
for i, score in enumerate(scores):
    if score > scores[best]:
        best = i

squares = 0
for n in range(4):
    squares += n * n
print(total, best, squares)
