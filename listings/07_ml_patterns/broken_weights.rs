//@ run

mod safetensors;
use safetensors::{Error, File};

static GOOD: &[u8] = include_bytes!("capstone/model.safetensors");

fn load(bytes: &[u8], shape: &[usize]) -> Result<usize, Error> {
    Ok(File::open(bytes)?.floats("layers.0.weight", shape)?.len())
}

/// The good file with `old` replaced by `new`, which is as long.
fn edited(old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut bytes = GOOD.to_vec();
    let at = bytes.windows(old.len()).position(|w| w == old).unwrap();
    bytes[at..][..new.len()].copy_from_slice(new);
    bytes
}

fn main() {
    let shape = [32, 64];
    let length = u64::from_le_bytes(GOOD[..8].try_into().unwrap());
    let first = &GOOD[8 + length as usize..][..4];

    println!("good: {:?}", load(GOOD, &shape));
    println!("cut short: {:?}", load(&GOOD[..1000], &shape));
    println!("transposed: {:?}", load(GOOD, &[64, 32]));
    println!(
        "half precision: {:?}",
        load(&edited(b"F32", b"F16"), &shape)
    );
    println!("no JSON: {:?}", load(&edited(b"{", b"["), &shape));
    let mut brackets = 200_000u64.to_le_bytes().to_vec();
    brackets.resize(8 + 200_000, b'[');
    println!("brackets: {:?}", load(&brackets, &shape));
    println!(
        "no such tensor: {:?}",
        load(&edited(b"layers.0.", b"layers.9."), &shape)
    );
    println!(
        "not a number: {:?}",
        load(&edited(first, &f32::NAN.to_le_bytes()), &shape)
    );
}
