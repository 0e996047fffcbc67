#@ run
class Player:
    def __init__(self, score):
        self.score = score


def play(team):
    for player in team:
        player.score += 10


ann = Player(1)
bob = Player(2)

team = [ann, bob]
del bob  # bob leaves the game
play(team)
print("ann has", ann.score)
print("somebody has", team[1].score)
