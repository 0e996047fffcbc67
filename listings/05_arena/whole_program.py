#@ run
def greeting(user):
    return "model of " + user


TITLE = greeting("Ada")  # a global name: for the rest of the program
print(TITLE)
