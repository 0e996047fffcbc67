#@ run
def parse(line):
    return [float(word) for word in line.split(" ")]


print(parse("0.5 2"))
try:
    parse("0.5 cat")
except ValueError as error:
    print(error)
