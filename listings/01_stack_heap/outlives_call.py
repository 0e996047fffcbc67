#@ run
def load_scores(count):
    scores = []
    for i in range(1, count + 1):
        scores.append(i)
    return scores


scores = load_scores(3)
print(scores[0], scores[1], scores[2])
