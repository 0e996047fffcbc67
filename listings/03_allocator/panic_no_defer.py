#@ panic: list index out of range
def third(scores):
    try:
        return scores[2]
    finally:
        print("cleaned up")


scores = [10, 20, 30]
print(third(scores))
print(third(scores[0:2]))
