#@ run
label = "cat"
try:
    label[0] = "b"
except TypeError as error:
    print(error)
