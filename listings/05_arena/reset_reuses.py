#@ run
for text in ["CAT", "DOG", "OWL"]:
    lower = text.lower()  # a new string; the last one is freed
    print(lower)
