#@ run
def last(view):
    return view[len(view)]


scores = [10, 20, 30, 40, 50]
try:
    print(last(scores[1:4]))
except IndexError as error:
    print(error)
