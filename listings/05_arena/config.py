#@ run
import json

config = json.loads('{ "name": "digits", "layers": [64, 32, 10] }')
print(config["name"], config["layers"])
