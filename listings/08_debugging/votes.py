#@ run
votes = {"cat": 1}
cat = votes["cat"]
for name in ["ant", "bee", "cow", "dog", "eel", "fox", "owl"]:
    votes[name] = 1
cat += 1  # one more vote for the cat
print("the cat has", votes["cat"])
