#@ run
def above(scores, limit):
    n = sum(score > limit for score in scores)

    positions = [0] * n
    next_free = 0
    for i, score in enumerate(scores):
        if score > limit:
            positions[next_free] = i
            next_free += 1
    return positions


for i in above([0.2, 0.9, 0.4, 0.7], 0.5):
    print(i)
