#@ run
def zero_first(scores):
    scores[0] = 0
    return scores


scores = [1, 2, 3]
zeroed = zero_first(scores)
print(f"scores[0] = {scores[0]}, zeroed[0] = {zeroed[0]}")
