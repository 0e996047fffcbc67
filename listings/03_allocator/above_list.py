#@ run
def above(scores, limit):
    return [i for i, score in enumerate(scores) if score > limit]


for i in above([0.2, 0.9, 0.4, 0.7], 0.5):
    print(i)
