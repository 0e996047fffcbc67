#@ run
class Vocab:
    def __init__(self, text):
        self.words = text.split()


vocab = Vocab("a cat sat")
print(f"{len(vocab.words)} words, the last is {vocab.words[2]}")
