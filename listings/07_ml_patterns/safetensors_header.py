#@ run
import json
from pathlib import Path

data = (Path(__file__).parent / "capstone" / "model.safetensors").read_bytes()
length = int.from_bytes(data[:8], "little")
header = json.loads(data[8 : 8 + length])

print(f"{len(data)} bytes in the file, {len(data) - 8 - length} after the header")
for name, tensor in list(header.items())[:4]:
    begin, end = tensor["data_offsets"]
    print(f"{name}: {tensor['dtype']}, bytes {begin} to {end}")
