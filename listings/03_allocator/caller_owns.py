#@ run
def repeat(char, length):
    return char * length


ruler = repeat("-", 5)
print(ruler)
