#@ run
scores = [7, 7, 7, 7]
alias = scores
del scores
print(alias)
