#@ panic: IndexError
def third(scores):
    return scores[2]


scores = memoryview(bytes([10, 20, 30]))
print(f"of three: {third(scores)}")
print(f"of two: {third(scores[:2])}")
