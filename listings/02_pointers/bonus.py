#@ run
def add_bonus(score, history):
    score += 10
    history[0] = score


score = 50
history = [0, 0]
add_bonus(score, history)
print(f"score {score}, history[0] {history[0]}")
