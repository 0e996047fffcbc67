#@ run
import ctypes

name = ctypes.create_string_buffer(b"conv1")  # adds the 0 byte
length = len(name.value)
print(f"len {length}, byte after the end {name.raw[length]}")
for_c = ctypes.cast(name, ctypes.c_char_p)
counted = for_c.value  # walks to the 0
print(f"counted {len(counted)}: {counted.decode()}")
