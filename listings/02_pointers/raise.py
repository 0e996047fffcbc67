#@ run
class Score:
    def __init__(self, value):
        self.value = value


def raise_score(score):
    score.value += 10


first = Score(50)
second = Score(70)
raise_score(first)
raise_score(second)
print(first.value, second.value)
