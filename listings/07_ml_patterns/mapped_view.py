#@ run
#@ needs: numpy
import json
from pathlib import Path

import numpy as np

path = Path(__file__).parent / "capstone" / "model.safetensors"
file = np.memmap(path, np.uint8, mode="r")  # no byte is read yet
length = int.from_bytes(file[:8], "little")
begin, end = json.loads(bytes(file[8 : 8 + length]))["layers.0.weight"]["data_offsets"]
weight = file[8 + length :][begin:end].view("<f4")

print(weight.size, "numbers, a view of the map:", np.shares_memory(weight, file))
