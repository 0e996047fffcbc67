#@ run
def load_scores():
    scores = [1, 2, 3]
    return scores


scores = load_scores()
backup = scores
scores[0] = 99
print(f"scores[0] = {scores[0]}, backup[0] = {backup[0]}")
