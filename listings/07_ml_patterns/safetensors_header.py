#@ run
import json
from pathlib import Path

data = (Path(__file__).parent / "capstone" / "model.safetensors").read_bytes()
length = int.from_bytes(data[:8], "little")
header = json.loads(data[8 : 8 + length])

print(f"{len(data)} bytes in the file, numbers from byte {8 + length} on")
for name, tensor in list(header.items())[:5]:
    if name == "__metadata__":
        print(f"about the file: format {tensor['format']}")
        continue
    begin, end = tensor["data_offsets"]
    print(f"{name}: {tensor['dtype']}, bytes {begin} to {end}")
