#@ run
# Llama 3 8B, as its authors describe it.
layers, width, inner, vocabulary = 32, 4096, 14_336, 128_256
heads, head_size = 8, 128  # of keys and values; there are more of queries

attention = 2 * width * width + 2 * width * heads * head_size
feed_forward = 3 * width * inner
norms = 2 * width
parameters = 2 * vocabulary * width + layers * (attention + feed_forward + norms) + width
print(f"{parameters} parameters")
for form, size in [("f32", 4), ("bf16", 2), ("i8", 1)]:
    print(f"{form}: {parameters * size} bytes")

token = 2 * layers * heads * head_size * 2
print(f"KV cache: {token} bytes for a token, {token * 8192} for 8192 tokens")
