#@ run
def top(scores, k):
    ordered = sorted(scores, reverse=True)  # a new list, freed at the return
    return ordered[:k]  # another new list


best = top([10, 70, 20], 2)
print(best[0], best[1])
